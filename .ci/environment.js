// What npm needs to reach packages: registries, proxies, certificates, its cache and its own settings files.
const reach =
  /^npm_config_(registry|.*proxy|cache|userconfig|globalconfig|ca|cafile|strict.ssl|.*offline|fetch.*|\/\/.*)$/i;

/**
 * The environment without npm's other settings, which a script run by npm inherits and some of which (`global`,
 * `dry-run`, `omit`, `prefix`) would change what a nested npm installs, and where.
 */
export function withoutNpm(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^npm_/i.test(name) || reach.test(name)));
}
