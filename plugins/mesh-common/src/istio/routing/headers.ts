import { HttpRoute } from '../objects';

type Headers = NonNullable<HttpRoute['headers']>;

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

function textsOf(headers: Headers | undefined): string[] {
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

function isReserved(name: string): boolean {
  return name.startsWith(':') || name.toLowerCase() === 'host';
}
