/**
 * Header operations.
 *
 * @public
 */
export interface HeaderOperations {
  set?: Readonly<Record<string, string>>;
  add?: Readonly<Record<string, string>>;
  remove?: readonly string[];
}

/** Headers by names in lower case. */
export function lowerCase(
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** Header operations, one after the other: removed, set, then added to what is there. */
export function withOperations(
  headers: Readonly<Record<string, string>>,
  { set = {}, add = {}, remove = [] }: HeaderOperations,
): Record<string, string> {
  const gone = new Set(remove.map(name => name.toLowerCase()));
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !gone.has(name)),
  );
  const result = { ...kept, ...lowerCase(set) };
  for (const [name, value] of Object.entries(lowerCase(add))) {
    result[name] =
      result[name] === undefined ? value : `${result[name]},${value}`;
  }
  return result;
}
