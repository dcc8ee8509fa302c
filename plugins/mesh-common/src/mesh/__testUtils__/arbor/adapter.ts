import { Answer } from '../../../contract/common';
import { Pod } from '../../../kubernetes/core';
import { namespaceOf } from '../../../kubernetes/objects';
import { because, unreadInput } from '../../answers';
import { MeshAdapter } from '../../MeshAdapter';
import { workloadsIn } from '../../workloads';
import { authorization } from './authorization';
import { serviceRoutes } from './routes';
import { callersOf, settingReason, settingsOf } from './settings';
import { walk } from './walk';

const JOIN_ANNOTATION = 'arbor.example/join';
const SYSTEM = 'arbor';

/**
 * A mesh that does not exist, whole. Pods with the annotation join it by a sidecar; the ConfigMap `arbor` of a namespace
 * says whether all pods do, whether plaintext is taken, who may call, and where requests to a Service go.
 */
export const arbor: MeshAdapter = {
  id: 'arbor',
  title: 'Arbor',
  kinds: ['ConfigMap'],

  clusterMesh(snapshot) {
    const [control] = arbor.readiness.controlPlane(snapshot);
    return (
      control && {
        mesh: arbor.id,
        title: arbor.title,
        trustDomain: 'arbor.example',
        controlPlanes: [
          {
            namespace: SYSTEM,
            ready: control.status?.readyReplicas ?? 0,
            replicas: control.spec.replicas ?? 1,
          },
        ],
        proxies: [],
      }
    );
  },

  isProxy: ({ name }) => name === 'arbor-proxy',

  enrolment(snapshot, pod) {
    const asks =
      pod.metadata.annotations[JOIN_ANNOTATION] === 'yes' ||
      settingsOf(snapshot, namespaceOf(pod))?.data?.join === 'all';
    const runs = pod.spec.containers.some(arbor.isProxy);
    const reason = (text: string, field: string) =>
      because('arbor/enrolment', text, {
        snapshot,
        kind: 'Pod',
        object: pod,
        field,
      });
    return {
      mode: {
        value: runs ? 'sidecar' : 'none',
        reasons: [
          reason(
            `The pod has ${runs ? 'a' : 'no'} proxy of Arbor`,
            'spec.containers',
          ),
        ],
      },
      expected: {
        value: asks ? 'sidecar' : 'none',
        reasons: [
          reason(
            `The pod ${asks ? 'asks' : 'does not ask'} for Arbor`,
            'metadata.annotations',
          ),
        ],
      },
    };
  },

  identity: (_, pod) => identityOf(pod),

  accepts(snapshot, pod) {
    const namespace = namespaceOf(pod);
    const unread = unreadInput(snapshot, 'arbor/plaintext', {
      required: ['ConfigMap'],
      namespaces: [namespace],
    });
    if (unread) {
      return { protocol: 'http', accepts: unread };
    }
    const settings = settingsOf(snapshot, namespace);
    const refuses = settings?.data?.plaintext === 'refuse';
    return {
      protocol: 'http',
      accepts: {
        value: refuses ? 'mtls-only' : 'mtls-or-plaintext',
        term: refuses ? 'refuse' : 'take',
        reasons: [
          settingReason(
            snapshot,
            settings,
            'plaintext',
            refuses ? 'Plaintext is refused' : 'Plaintext is taken',
          ),
        ],
      },
    };
  },

  authorization: (snapshot, pod) =>
    authorization(snapshot, settingsOf(snapshot, namespaceOf(pod))),

  sends: (): Answer<'mtls'> => ({
    value: 'mtls',
    reasons: [{ rule: 'arbor/sends', text: 'Both have a proxy of Arbor' }],
  }),

  routes: serviceRoutes,
  walk,

  allowedIdentities(snapshot, { ref }) {
    const settings = settingsOf(snapshot, ref.namespace);
    return (callersOf(settings) ?? []).map(identity => ({
      identity,
      reason: settingReason(snapshot, settings, 'callers', 'It is named'),
    }));
  },

  workloadsWithIdentity(snapshot, identity) {
    const [namespace] = identity.split('/');
    return [...workloadsIn(snapshot, namespace).values()].filter(({ pods }) =>
      pods.some(pod => identityOf(pod) === identity),
    );
  },

  inboundTraffic: (_, workloads) => ({
    expressions: { requests: 'sum by (destination) (arbor_requests)' },
    read: ({ requests = [] }) =>
      workloads.map(workload => ({
        workload,
        level: 'workload',
        callers: requests
          .filter(({ labels }) => labels.destination === workload.name)
          .map(({ value }) => ({
            traffic: {
              unit: 'requests',
              mtls: value,
              plaintext: 0,
              unknown: 0,
            },
          })),
      })),
  }),

  serviceTraffic: (_, services) => ({
    expressions: {},
    read: () => services.map(service => ({ service, flows: [] })),
  }),

  readiness: {
    limitsConnections: false,
    controlPlane: snapshot => [...snapshot.list('apps/Deployment', SYSTEM)],
    callers(snapshot, { ref }) {
      const settings = settingsOf(snapshot, ref.namespace);
      const named = callersOf(settings) !== undefined;
      return {
        value: named ? 'restricted' : 'open',
        reasons: [
          settingReason(
            snapshot,
            settings,
            'callers',
            named ? 'Callers are named' : 'Everybody may call',
          ),
        ],
      };
    },
  },
};

function identityOf(pod: Pod): string {
  return `${namespaceOf(pod)}/${pod.spec.serviceAccountName ?? 'default'}`;
}
