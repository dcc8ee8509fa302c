import { meshSettings, pod } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const telemetry = (name: string, spec: string) => `
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
const selecting = (name: string, labels: string) =>
  telemetry(name, `selector: { matchLabels: { ${labels} } }`);
const CART = pod('cart', { labels: 'tier: back' });

export const IST0101: Example[] = [
  {
    about: 'a Telemetry that selects no pod',
    yaml: CART + selecting('one', 'app: crat'),
    finds: ['Telemetry one spec.selector'],
    says: 'app=crat',
  },
  {
    about: 'a Telemetry that selects one',
    yaml: CART + selecting('one', 'app: cart'),
    finds: [],
  },
];

export const IST0159: Example[] = [
  {
    about: 'two for one pod',
    yaml: CART + selecting('one', 'app: cart') + selecting('two', 'tier: back'),
    finds: ['Telemetry one spec.selector', 'Telemetry two spec.selector'],
    says: 'selects Pod cart-1',
  },
  {
    about: 'selectors that exclude each other',
    yaml:
      CART +
      pod('web') +
      selecting('one', 'app: cart') +
      selecting('two', 'app: web'),
    finds: [],
  },
];

export const IST0160: Example[] = [
  {
    about: 'two for all pods',
    yaml: telemetry('one', '') + telemetry('two', ''),
    finds: ['Telemetry one spec', 'Telemetry two spec'],
    says: 'keep one',
  },
  {
    about: 'one for all and one for some',
    yaml: telemetry('one', '') + selecting('two', 'app: cart'),
    finds: [],
  },
];

const LOG = telemetry('log', 'accessLogging: [{ providers: [] }]');

export const IST0157: Example[] = [
  {
    about: 'no provider',
    yaml: LOG,
    finds: ['Telemetry log spec.accessLogging[0].providers'],
    says: 'name one',
  },
  {
    about: 'a provider',
    yaml: telemetry('log', 'accessLogging: [{ providers: [{ name: envoy }] }]'),
    finds: [],
  },
  {
    about: 'turned off',
    yaml: telemetry('log', 'accessLogging: [{ disabled: true }]'),
    finds: [],
  },
  {
    about: 'a provider of the mesh',
    yaml: LOG + meshSettings('defaultProviders: { accessLogging: [envoy] }'),
    finds: [],
  },
];

const TRACES = telemetry('traces', 'tracing: [{ providers: [{ name: t }] }]');

export const IST0002: Example[] = [
  {
    about: 'traces to Lightstep',
    yaml:
      TRACES +
      meshSettings('extensionProviders: [{ name: t, lightstep: { port: 1 } }]'),
    finds: ['Telemetry traces spec.tracing[0].providers[0]'],
    says: 'opentelemetry',
  },
  {
    about: 'traces elsewhere',
    yaml:
      TRACES +
      meshSettings('extensionProviders: [{ name: t, zipkin: { port: 1 } }]'),
    finds: [],
  },
];
