import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { identitiesOf } from '../../linkerd/meshTlsAuthentication';
import { ExternalWorkload, MeshTlsAuthentication } from '../../linkerd/objects';
import { isRefTo } from '../../linkerd/targetRefs';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

const SPIFFE = 'spiffe://';

export const patternWithoutSpiffe = defineCheck({
  code: 'MESH-L0204',
  level: 'warning',
  title: 'A pattern of identities leaves out workloads outside Kubernetes',
  explanation:
    'The identity of an ExternalWorkload is a SPIFFE URI, which no pattern fits: neither `*` nor a reference to its namespace. It is let in only where its identity is written in full.',
  upstream:
    'policy-controller/core/src/identity_match.rs; linkerd/app/inbound/src/policy.rs (linkerd2-proxy)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/MeshTLSAuthentication',
  needs: [],
  *run(authentication, snapshot) {
    const { identities } = identitiesOf(
      snapshot,
      authentication,
      assumedConfig(snapshot).config,
    );
    for (const { pattern, field, workloads } of patternsOf(
      snapshot,
      authentication,
    )) {
      const [left] = workloads.filter(({ spec }) => {
        const identity = spec?.meshTLS?.identity;
        return identity?.startsWith(SPIFFE) && !identities.includes(identity);
      });
      if (left) {
        const finding: CheckFinding = {
          message: `${pattern} does not let in ${refOf(left)}: its identity ${
            left.spec?.meshTLS?.identity
          } must be written in full`,
          field,
        };
        yield finding;
      }
    }
  },
});

interface Pattern {
  pattern: string;
  field: string;
  /** Those that one may think are meant. */
  workloads: readonly ExternalWorkload[];
}

function patternsOf(
  snapshot: MeshSnapshot,
  { spec, metadata }: MeshTlsAuthentication,
): Pattern[] {
  const workloads = (namespace?: string) => [
    ...snapshot.list('workload.linkerd.io/ExternalWorkload', namespace),
  ];
  return [
    ...(spec.identities ?? []).flatMap((pattern, index) =>
      pattern === '*'
        ? [
            {
              pattern: `Identity * of MeshTLSAuthentication ${metadata.name}`,
              field: `spec.identities[${index}]`,
              workloads: workloads(),
            },
          ]
        : [],
    ),
    ...(spec.identityRefs ?? []).flatMap((ref, index) =>
      isRefTo(ref, '', 'Namespace')
        ? [
            {
              pattern: `Namespace ${ref.name} in MeshTLSAuthentication ${metadata.name}`,
              field: `spec.identityRefs[${index}]`,
              workloads: workloads(ref.name),
            },
          ]
        : [],
    ),
  ];
}
