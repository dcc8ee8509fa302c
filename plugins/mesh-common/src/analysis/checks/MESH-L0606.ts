import {
  accountsFact,
  namespaceFact,
} from '../../linkerd/control-plane/accounts';
import {
  partsFact,
  partsReadyFacts,
  replicaFailureFacts,
} from '../../linkerd/control-plane/components';
import { schedulingFact } from '../../linkerd/control-plane/dataPlane';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const controlPlaneIncomplete = defineCheck({
  code: 'MESH-L0606',
  aliases: [
    'l5d-api-control-ready',
    'l5d-existence-sa',
    'l5d-existence-replicasets',
    'l5d-existence-unschedulable-pods',
  ],
  level: 'error',
  title: 'A part of the control plane is missing or not ready',
  explanation:
    'Without linkerd-destination proxies find nobody and learn of no policy, without linkerd-identity they get no certificates, without linkerd-proxy-injector new pods get no proxy. The message names what is not there, or what has no node or no pod that is ready.',
  upstream:
    'pkg/healthcheck, categories linkerd-existence and linkerd-config (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['apps/Deployment', 'ServiceAccount', 'Namespace', 'Pod'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      namespaceFact(about, config),
      accountsFact(about, config),
      partsFact(about, config),
      ...partsReadyFacts(about, config),
      ...replicaFailureFacts(about, config),
      schedulingFact(about, config.namespace),
    ]),
});
