import { parseBlock } from '../../linkerd/addressBlocks';
import {
  identityComplaint,
  isDnsLike,
} from '../../linkerd/validation/identities';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const externalWorkloadUnreachable = defineCheck({
  code: 'MESH-L0505',
  level: 'error',
  title: 'An ExternalWorkload has an identity or address that is none',
  explanation:
    'Clients connect to an ExternalWorkload at its addresses, name it by its serverName, and expect its identity in its certificate. With an identity that is neither a SPIFFE id nor a DNS name no certificate can match, and an address that is none is left out.',
  upstream:
    'controller/api/destination/endpoint_translator.go; charts/linkerd-crds/templates/workload/external-workload.yaml (linkerd2)',
  mesh: 'linkerd',
  subject: 'workload.linkerd.io/ExternalWorkload',
  needs: [],
  *run(workload) {
    const { meshTLS, workloadIPs = [] } = workload.spec ?? {};
    const named = refOf(workload);
    const complaint =
      meshTLS?.identity === undefined
        ? 'it has none'
        : identityComplaint(meshTLS.identity);
    if (complaint) {
      yield {
        message: `The identity of ${named} is no identity: ${complaint}`,
        field: 'spec.meshTLS.identity',
      };
    }
    const name = meshTLS?.serverName;
    if (name === undefined || name.includes('*') || !isDnsLike(name)) {
      yield {
        message: `The serverName of ${named} is no DNS name: ${
          name ?? 'it has none'
        }`,
        field: 'spec.meshTLS.serverName',
      };
    }
    for (const [index, { ip }] of workloadIPs.entries()) {
      if (ip.includes('/') || !parseBlock(ip)) {
        yield {
          message: `${ip} of ${named} is no IP address`,
          field: `spec.workloadIPs[${index}].ip`,
        };
      }
    }
  },
});
