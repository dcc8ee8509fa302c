import { policyIntentSchema } from './intent';

const VALID = { name: 'cart', port: 8080 };

function problemWith(part: object): string {
  const result = policyIntentSchema.safeParse({ ...VALID, ...part });
  if (result.success) {
    return 'none';
  }
  const [{ path, message }] = result.error.issues;
  return `${path.join('.')}: ${message}`;
}

const INJECTION = 'cart\nspec: {}\n---\nkind: Secret';

it.each<[object, string]>([
  [{}, 'none'],
  [{ name: 'a'.repeat(300) }, 'name: 300 characters, at most 63 are allowed'],
  [{ name: 'Cart' }, 'name: "Cart" is not a name of a Service'],
  [{ name: INJECTION }, 'name: "cart\\nspec: {}\\n---\\nkind: Secret" is not'],
  [{ port: 0 }, 'port: there is no port 0: ports are numbers from 1 to 65535'],
  [{ port: 70000 }, 'port: there is no port 70000'],
  [{ port: 80.5 }, 'port: 80.5 is no port: a port is a whole number'],
  [{ port: '80' }, 'port: "80" is no port'],
  [
    { callers: [{ namespace: INJECTION, serviceAccount: 'web' }] },
    'callers.0.namespace: "cart\\nspec: {}\\n---\\nkind: Secret" is not a name of a namespace',
  ],
  [
    { callers: [{ namespace: 'shop', serviceAccount: '*' }] },
    'callers.0.serviceAccount: "*" is not a name of a service account',
  ],
  [
    { callers: [{ namespace: 'shop', serviceAccount: 'a/b' }] },
    'callers.0.serviceAccount',
  ],
  [{ probes: ['healthz'] }, 'probes.0: "healthz" is not the path of a URL'],
  [{ probes: ['/a\n- b'] }, 'probes.0'],
  [
    { resilience: { timeout: '1.5s' } },
    'resilience.timeout: "1.5s" is not a duration such as 500ms, 2s or 1m',
  ],
  [{ resilience: { timeout: '1s\nx: y' } }, 'resilience.timeout'],
  [{ resilience: { retries: { attempts: 0 } } }, 'resilience.retries.attempts'],
  [{ nonsense: 1 }, ': Unrecognized key: "nonsense"'],
])('%j', (part, problem) => {
  expect(problemWith(part)).toContain(problem);
});
