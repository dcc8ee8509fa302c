import { HeaderChanges } from '../objectParts';
import { HttpRoute } from '../objects';

/**
 * The header changes of a rule and of its destinations, as text. Those on the authority are rewrites, and
 * other names that HTTP/2 reserves are left alone.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateHeadersOperations`.
 */
export function headerTexts({ headers, route = [] }: HttpRoute): string[] {
  return [
    ...textsOf(headers),
    ...route.flatMap(({ destination, headers: own }) =>
      textsOf(own).map(text =>
        route.length === 1
          ? text
          : `${text} (to ${destination.subset ?? destination.host})`,
      ),
    ),
  ];
}

function textsOf(headers: HeaderChanges | undefined): string[] {
  return (['request', 'response'] as const).flatMap(direction => {
    const { set = {}, add = {}, remove = [] } = headers?.[direction] ?? {};
    return [
      ...changes(direction, 'set', set),
      ...changes(direction, 'add', add),
      ...remove
        .filter(name => !isReserved(name))
        .map(name => `${direction} remove ${name}`),
    ];
  });
}

function changes(
  direction: string,
  operation: string,
  headers: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(headers)
    .filter(([name]) => !isReserved(name))
    .map(([name, value]) => `${direction} ${operation} ${name}: ${value}`);
}

/**
 * What the Host header is rewritten to: header operations on the authority are such a rewrite, and those of a
 * destination are where it is the only one; what is set counts before what is added.
 */
export function authorityOf({
  rewrite,
  headers,
  route = [],
}: HttpRoute): string | undefined {
  return (
    rewrite?.authority ||
    authorityIn(headers) ||
    (route.length === 1 ? authorityIn(route[0].headers) : undefined)
  );
}

export function authorityIn(
  headers: HeaderChanges | undefined,
): string | undefined {
  for (const operations of [headers?.request?.set, headers?.request?.add]) {
    const entry = Object.entries(operations ?? {}).find(([name]) =>
      ['host', ':authority'].includes(name.toLowerCase()),
    );
    if (entry) {
      return entry[1];
    }
  }
  return undefined;
}

/** Names that header operations leave alone. */
export function isReserved(name: string): boolean {
  return name.startsWith(':') || name.toLowerCase() === 'host';
}
