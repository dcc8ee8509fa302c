/**
 * Port numbers and ranges of an annotation such as `config.linkerd.io/opaque-ports`.
 *
 * @public
 */
export interface PortSet {
  has(port: number): boolean;
}

/**
 * An annotation that lists ports, as the mesh reads it.
 *
 * @public
 */
export interface PortList {
  ports: PortSet;
  /** The entry that voids the whole list: what is left is empty. */
  invalid?: string;
}

const NO_PORTS: PortSet = { has: () => false };

const MAX_PORT = 65535;

/**
 * Reads a list of ports and ranges, such as `25,3306,8000-8010`. One entry that is neither voids the whole
 * list. Names of ports are such entries: only the injector resolves them.
 *
 * Upstream: policy-controller/k8s/index/src/ports.rs.
 *
 * @public
 */
export function parsePortList(text: string): PortList {
  const ranges: [number, number][] = [];
  for (const entry of text.split(',').map(part => part.trim())) {
    if (entry !== '') {
      const range = parseRange(entry);
      if (!range) {
        return { ports: NO_PORTS, invalid: entry };
      }
      ranges.push(range);
    }
  }
  return {
    ports: {
      has: port => ranges.some(([from, to]) => from <= port && port <= to),
    },
  };
}

function parseRange(entry: string): [number, number] | undefined {
  const dash = entry.indexOf('-');
  const from = parsePort(dash < 0 ? entry : entry.slice(0, dash));
  const to = dash < 0 ? from : parsePort(entry.slice(dash + 1));
  return from !== undefined && to !== undefined && from <= to
    ? [from, to]
    : undefined;
}

function parsePort(text: string): number | undefined {
  const trimmed = text.trim();
  const port = /^\+?\d+$/.test(trimmed) ? Number(trimmed) : 0;
  return port >= 1 && port <= MAX_PORT ? port : undefined;
}
