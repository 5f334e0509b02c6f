"""Bodies of few bytes that stand for many: python3 test/service/bombs.py writes test/service/bombs.json. pyarrow 26.0.1."""
import base64
import io
import json
import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

ROWS = 90_000


def stream(table, compression=None):
    sink = io.BytesIO()
    options = ipc.IpcWriteOptions(compression=compression)
    with ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return base64.b64encode(sink.getvalue()).decode()


def parquet(table):
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", row_group_size=len(table), data_page_size=1 << 30, max_rows_per_page=1 << 30)
    return base64.b64encode(sink.getvalue()).decode()


def views(count, length):
    """So many views of one text."""
    buffers = pa.array(["x" * length], pa.string_view()).buffers()
    one = np.frombuffer(buffers[1], dtype=np.uint8)[:16]
    return pa.Array.from_buffers(
        pa.string_view(), count, [None, pa.py_buffer(np.tile(one, count).tobytes()), *buffers[2:]]
    )


codes = pa.array(np.zeros(ROWS, dtype=np.int8))
long_text = pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 9000]))
many_numbers = pa.DictionaryArray.from_arrays(codes, pa.array([1.5]))
bodies = {
    "codes of one long text, Zstandard": stream(pa.table({"t": long_text}), "zstd"),
    "codes of one long text, LZ4": stream(pa.table({"t": long_text}), "lz4"),
    "codes of one number in many columns": stream(pa.table({f"c{k}": many_numbers for k in range(60)}), "zstd"),
    "views of one long text": stream(pa.table({"t": views(ROWS, 1_000_000)}), "zstd"),
    "a dictionary of views of one long text": stream(
        pa.table({"t": pa.DictionaryArray.from_arrays(pa.array([0], pa.int32()), views(2000, 1_000_000))}), "zstd"
    ),
    "one long text": stream(pa.table({"t": pa.array(["x" * 100_000_000])}), "zstd"),
    "zeros": stream(pa.table({f"c{k}": pa.array(np.zeros(ROWS)) for k in range(60)}), "zstd"),
    "runs without end": stream(
        pa.table({"r": pa.RunEndEncodedArray.from_arrays(pa.array([2_000_000_000], pa.int32()), pa.array([1.0]))})
    ),
}
files = {
    "Parquet: one text in very many rows": parquet(
        pa.table({"t": pa.DictionaryArray.from_arrays(pa.array(np.zeros(20_000_000, dtype=np.int32)), pa.array(["x" * 100]))})
    ),
    "Parquet: long texts": parquet(pa.table({"t": pa.array(["x" * 1_000_000] * 1000)})),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"arrow": bodies, "parquet": files}, indent=1) + "\n")
for name, body in (bodies | files).items():
    print(f"{len(body):9} {name}")
