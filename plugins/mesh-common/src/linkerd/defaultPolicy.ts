import { Answer, Reason } from '../contract/common';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Authorization } from './authorizations';
import { controlPlaneConfig } from './controlPlaneConfig';
import { InboundSubject } from './inboundSubject';
import { EVERYWHERE, Network } from './networks';
import { parsePortList } from './ports';

/** The policies that a port can have by default, and a Server as its `accessPolicy`. */
const DEFAULT_POLICIES = [
  'all-unauthenticated',
  'all-authenticated',
  'cluster-unauthenticated',
  'cluster-authenticated',
  'deny',
  'audit',
] as const;

export type DefaultPolicy = (typeof DEFAULT_POLICIES)[number];

export function isDefaultPolicy(text: string): text is DefaultPolicy {
  return DEFAULT_POLICIES.some(policy => policy === text);
}

const RULE = 'linkerd/default-inbound-policy';
const DEFAULT_POLICY_ANNOTATION = 'config.linkerd.io/default-inbound-policy';
const REQUIRE_IDENTITY_ANNOTATION =
  'config.linkerd.io/proxy-require-identity-inbound-ports';

/** The default policy of a port, and who says so. */
export interface PortPolicy {
  policy: DefaultPolicy;
  reasons: Reason[];
}

const AUTHENTICATED: Partial<Record<DefaultPolicy, DefaultPolicy>> = {
  'all-unauthenticated': 'all-authenticated',
  'cluster-unauthenticated': 'cluster-authenticated',
};

/**
 * The policy of a port that has no Server: the workload's annotation if it is a valid one, else the control
 * plane's default; ports of `proxy-require-identity-inbound-ports` get the authenticated variant of it.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `Pod::port_server_or_default`; defaults.rs.
 */
export function defaultPolicyOf(
  snapshot: MeshSnapshot,
  subject: InboundSubject,
  port: number,
): PortPolicy | Answer<'unknown'> {
  const written = writtenPolicy(snapshot, subject);
  if (!('policy' in written)) {
    return written;
  }
  const found = {
    ...written,
    reasons: [
      ...written.reasons,
      ...subject.pending(DEFAULT_POLICY_ANNOTATION),
    ],
  };
  const required = subject.setting(REQUIRE_IDENTITY_ANNOTATION);
  const authenticated = AUTHENTICATED[found.policy];
  if (
    required &&
    authenticated &&
    parsePortList(required.value).ports.has(port)
  ) {
    return {
      policy: authenticated,
      reasons: [
        because(
          RULE,
          `Port ${port} is one of ${REQUIRE_IDENTITY_ANNOTATION}, which makes ${found.policy} to ${authenticated}`,
          required.decider,
        ),
        ...found.reasons,
      ],
    };
  }
  return found;
}

function writtenPolicy(
  snapshot: MeshSnapshot,
  subject: InboundSubject,
): PortPolicy | Answer<'unknown'> {
  const setting = subject.setting(DEFAULT_POLICY_ANNOTATION);
  const invalid: Reason[] = [];
  if (setting) {
    if (isDefaultPolicy(setting.value)) {
      return {
        policy: setting.value,
        reasons: [
          because(
            RULE,
            `No Server selects the port, and the default policy is ${setting.value}`,
            setting.decider,
          ),
        ],
      };
    }
    invalid.push(
      because(
        RULE,
        `${setting.value} is no default policy, so the annotation has no effect`,
        setting.decider,
      ),
    );
  }
  const read = controlPlaneConfig(snapshot);
  if (read.state === 'unknown') {
    return read.answer;
  }
  if (read.state === 'not-installed') {
    return {
      value: 'unknown',
      cause: 'absent',
      reasons: [
        ...invalid,
        {
          rule: RULE,
          text: 'The control plane has no ConfigMap linkerd-config that would say its default policy',
        },
      ],
    };
  }
  const { defaultInboundPolicy, configMap } = read.config;
  if (!isDefaultPolicy(defaultInboundPolicy)) {
    return {
      value: 'unknown',
      cause: 'malformed',
      reasons: [
        because(
          RULE,
          `proxy.defaultInboundPolicy of the control plane is ${defaultInboundPolicy}, which is no policy`,
          configMap && {
            snapshot,
            kind: 'ConfigMap',
            object: configMap,
            field: 'data.values',
          },
        ),
        ...invalid,
      ],
    };
  }
  return {
    policy: defaultInboundPolicy,
    reasons: [
      because(
        RULE,
        configMap
          ? `No Server selects the port, and the default policy of the control plane is ${defaultInboundPolicy}`
          : `No Server selects the port, and the default policy of a control plane is ${defaultInboundPolicy} unless it was installed with another`,
        configMap && {
          snapshot,
          kind: 'ConfigMap',
          object: configMap,
          field: 'data.values',
        },
      ),
      ...invalid,
    ],
  };
}

/**
 * Whom a policy lets in by itself: `deny` nobody, `audit` everybody (and says whom it would have denied).
 *
 * Upstream: policy-controller/k8s/index/src/defaults.rs, `DefaultPolicy::default_authzs`.
 */
export function policyAuthorizations(
  policy: DefaultPolicy,
  clusterNetworks: readonly string[],
  reason: Reason,
): Authorization[] {
  if (policy === 'deny') {
    return [];
  }
  const networks: readonly Network[] = policy.startsWith('cluster-')
    ? clusterNetworks.map(cidr => ({ cidr }))
    : EVERYWHERE;
  return [
    {
      source: { kind: 'default', name: policy },
      authentication: policy.endsWith('-authenticated')
        ? { type: 'tls-authenticated', identities: [], suffixes: ['*'] }
        : { type: 'unauthenticated' },
      networks,
      reason,
      literal: [],
    },
  ];
}
