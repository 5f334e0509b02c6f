// A server that only reads bodies: what it takes is the cost of the client and of HTTP on this machine.
import { createServer } from "node:http";

const server = createServer((request, answer) => {
  request.resume().on("end", () => answer.writeHead(202).end("{}"));
});
server.listen(0, "127.0.0.1", () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.on("disconnect", () => process.exit());
