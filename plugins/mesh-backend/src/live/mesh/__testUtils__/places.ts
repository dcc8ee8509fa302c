/** The pods of the test, and where each is. */
export const PODS = {
  client: 'mesh-test',
  stranger: 'mesh-test',
  'web-v1': 'mesh-test',
  'web-v2': 'mesh-test',
  other: 'mesh-test-other',
  plain: 'mesh-test-plain',
} as const;

export type PodName = keyof typeof PODS;

export const POD_NAMES = Object.keys(PODS) as PodName[];

/** The pods whose own proxy sends their requests. */
export const MESHED_PODS = POD_NAMES.filter(name => name !== 'plain');

export const NAMESPACES = ['mesh-test', 'mesh-test-other', 'mesh-test-plain'];

/** The host and the port by which a proxy is asked whether it has a configuration. */
export const CANARY_HOST = 'canary.mesh-test.example';
export const CANARY_GATEWAY_PORT = 8099;
