import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { MeshAdapter } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  ChecklistCertificate,
  fail,
  Judgement,
  Measurement,
  pass,
  unknownBecause,
} from '../measurement';

const RULE = 'checklist/certificate-rotation';

/**
 * The root and the issuer of a mesh are renewed in time: cert-manager renews them, and by the metrics of the control
 * plane none has expired or ends soon. Nobody can see whether they are renewed by other means.
 */
export const certificateRotation: Measurement = {
  looksAt:
    'Whether cert-manager renews the root or the issuer of the mesh, and until when they are good by the metrics of its control plane: one fails that has expired, or that ends soon without a renewal that is known. Renewals by other means are attested. Secrets are not read.',
  ofMesh: (snapshot, mesh) => {
    const all = mesh.readiness.certificates?.(snapshot) ?? [];
    const renewed = all.flatMap(certificate =>
      judgeRenewal(
        certificate,
        nameOf(certificate, mesh.title, snapshot.cluster),
      ),
    );
    return renewed.length > 0 ? renewed : [noneKnown(snapshot, mesh)];
  },
  ofTraffic: traffic =>
    traffic.state === 'unknown'
      ? []
      : (traffic.certificates ?? []).flatMap(judgeEnd),
};

function judgeRenewal(
  { renewal }: ControlPlaneCertificate,
  name: string,
): Judgement[] {
  if (!renewal) {
    return [];
  }
  switch (renewal.value) {
    case 'good':
      return [pass(`${name} is renewed`, renewal.reasons)];
    case 'unknown':
      return [
        unknownBecause(
          renewal.cause,
          `it is not known whether ${name} is renewed`,
          renewal.reasons,
        ),
      ];
    default:
      return [fail(`${name} cannot be renewed`, renewal.reasons)];
  }
}

function noneKnown(
  { cluster }: MeshSnapshot,
  { title }: MeshAdapter,
): Judgement {
  const text = `no renewal of the root and the issuer of ${title} (${cluster}) is known`;
  return unknownBecause('not-assessed', text, [{ rule: RULE, text }]);
}

/** What is good until later says nothing of how it is renewed. */
function judgeEnd({
  mesh,
  cluster,
  certificate,
  state,
  renewed,
}: ChecklistCertificate): Judgement[] {
  const { notAfter = '', validity } = certificate;
  const name = nameOf(certificate, mesh.title, cluster);
  const day = notAfter.slice(0, 10);
  if (state === 'expired') {
    return [fail(`${name} expired on ${day}`, validity.reasons)];
  }
  if (renewed && (state === 'overdue' || state === 'ending')) {
    return renewed === 'just-now'
      ? [
          unknownBecause(
            'not-measured',
            `${name} ends on ${day}; it has just been renewed, and is not seen in use yet`,
            validity.reasons,
          ),
        ]
      : [
          fail(
            `${name} ends on ${day}: it has been renewed, and the control plane goes on with the old one`,
            validity.reasons,
          ),
        ];
  }
  switch (state) {
    case 'overdue':
      return [
        fail(
          `${name} ends on ${day}, and its renewal is overdue`,
          validity.reasons,
        ),
      ];
    case 'ending':
      return [
        fail(
          `${name} ends on ${day}, and no renewal before is known`,
          validity.reasons,
        ),
      ];
    default:
      return [];
  }
}

/** `Issuer of the workloads’ certificates of Istio (east)` */
function nameOf(
  { title }: ControlPlaneCertificate,
  mesh: string,
  cluster: string,
): string {
  return `“${title}” of ${mesh} (${cluster})`;
}
