import {
  celEnv,
  celFunc,
  CelInput,
  celMethod,
  CelScalar,
  isCelError,
  parse,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { parse as parseAddress } from 'ipaddr.js';
import { requestUriScheme } from '../validation/requestUri';

/** What Kubernetes adds to the language, as far as the rules of Istio and of the Gateway API use it. */
const KUBERNETES_FUNCTIONS = [
  celFunc(
    'isURL',
    [CelScalar.STRING],
    CelScalar.BOOL,
    text => requestUriScheme(text) !== undefined,
  ),
  // A URL is kept as its text: the rules ask for nothing of it but the scheme.
  celFunc('url', [CelScalar.STRING], CelScalar.STRING, text => {
    if (requestUriScheme(text) === undefined) {
      throw new Error(`URL parse error: ${text}`);
    }
    return text;
  }),
  celMethod(
    'getScheme',
    CelScalar.STRING,
    [],
    CelScalar.STRING,
    function scheme() {
      return requestUriScheme(String(this)) ?? '';
    },
  ),
  celFunc('isIP', [CelScalar.STRING], CelScalar.BOOL, text => {
    try {
      parseAddress(text);
      return true;
    } catch {
      // It throws for what is no address, and that is the answer.
      return false;
    }
  }),
];

const env = celEnv({ funcs: [...strings, ...KUBERNETES_FUNCTIONS] });

type Program = (self: CelInput) => boolean;

const programs = new Map<string, Program>();

/**
 * Whether a rule holds for a value. A rule that cannot be evaluated does not hold, as in the API server.
 */
export function holds(rule: string, self: CelInput): boolean {
  let program = programs.get(rule);
  if (!program) {
    program = compile(rule);
    programs.set(rule, program);
  }
  return program(self);
}

function compile(rule: string): Program {
  const evaluate = plan(env, parse(rule));
  return self => {
    const result = evaluate({ self });
    return !isCelError(result) && result === true;
  };
}

/** Why a text is no expression of the language. */
export function celComplaint(text: string): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `must be a valid CEL expression, ${reason}`;
  }
}
