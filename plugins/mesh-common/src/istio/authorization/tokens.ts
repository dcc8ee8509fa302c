import { Token } from '../../mesh/whoMayCall/facts';
import { matchesText } from './text';

type Test = (token: Token) => boolean;

function some(
  tokens: readonly Token[] | undefined,
  test: Test,
): boolean | undefined {
  return tokens?.some(test);
}

/** Whether a token is of `issuer/subject`. */
export function matchesRequestPrincipal(
  tokens: readonly Token[] | undefined,
  pattern: string,
): boolean | undefined {
  return some(tokens, ({ claims }) => {
    const { iss, sub } = claims;
    return (
      typeof iss === 'string' &&
      typeof sub === 'string' &&
      matchesText(pattern, `${iss}/${sub}`)
    );
  });
}

/** Whether a claim has a value; of a list, one of its items. */
export function matchesClaim(
  tokens: readonly Token[] | undefined,
  path: readonly string[],
  pattern: string,
): boolean | undefined {
  return some(tokens, token =>
    claimTexts(token, path).some(text => matchesText(pattern, text)),
  );
}

/** The values of a claim; of a list its items. */
export function claimTexts(
  { claims }: Token,
  path: readonly string[],
): string[] {
  return textsOf(claimAt(claims, path));
}

/** What a path of names leads to in the claims of a token. */
export function claimAt(
  value: unknown,
  [first, ...rest]: readonly string[],
): unknown {
  if (first === undefined) {
    return value;
  }
  return typeof value === 'object' && value !== null
    ? claimAt(Object.entries(value).find(([key]) => key === first)?.[1], rest)
    : undefined;
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.filter(item => typeof item === 'string');
  }
  return typeof value === 'string' ? [value] : [];
}
