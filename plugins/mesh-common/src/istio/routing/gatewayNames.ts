/**
 * The name of a Gateway in full, `namespace/name`, as a VirtualService means it: a plain name, or one that begins with
 * `./`, is of its own namespace; of a name with dots the second part is the namespace.
 *
 * Upstream: pilot/pkg/model/config.go, `resolveGatewayName`.
 */
export function resolveGatewayName(written: string, namespace: string): string {
  if (written === 'mesh') {
    return written;
  }
  if (written.includes('/')) {
    return written.replace(/^\.\//, `${namespace}/`);
  }
  const [name, place = namespace] = written.split('.');
  return `${place}/${name}`;
}
