import { ControlPlaneCertificate } from '../../contract/controlPlane';
import {
  authoritiesIn,
  bundledCertificates,
  certificateOf,
  keptInSecret,
  managedCertificate,
  Subject,
  unknownCertificate,
} from '../../mesh/control-plane/certificates';
import { About, notKnown, unreadKind } from '../../mesh/control-plane/facts';

const ROOT_CONFIG_MAP = 'istio-ca-root-cert';
const ROOT_KEY = 'root-cert.pem';

/** A month is what it takes to plan a rotation; Istio has no threshold of its own. */
export const WARN_BELOW_DAYS = 30;

/** The Secrets that istiod takes its authority from, the plugged-in one first. */
const AUTHORITY_SECRETS = ['cacerts', 'istio-ca-secret'] as const;

export const ROOT: Subject = {
  id: 'root',
  title: 'Root of the mesh',
  warnBelowDays: WARN_BELOW_DAYS,
};

export const ISSUER: Subject = {
  id: 'issuer',
  title: 'Issuer of the workloads’ certificates',
  warnBelowDays: WARN_BELOW_DAYS,
};

/**
 * What identities of an Istio mesh are issued with. The root is public: istiod writes it into the ConfigMap
 * `istio-ca-root-cert`. What it signs with is in a Secret (`cacerts` where an authority is plugged in, else
 * `istio-ca-secret`): known where a Certificate of cert-manager fills that Secret. Both are where istiod runs, which need
 * not be the root namespace of the mesh.
 *
 * Upstream: pilot/pkg/bootstrap/istio_ca.go; pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go.
 */
export function certificatesOf(
  about: About,
  namespace: string,
): ControlPlaneCertificate[] {
  return [...rootsOf(about, namespace), ...issuersOf(about, namespace)];
}

function rootsOf(about: About, namespace: string): ControlPlaneCertificate[] {
  const unread = unreadKind(about, 'certificate', 'ConfigMap');
  if (unread) {
    return [unknownCertificate(ROOT, unread)];
  }
  const configMap = about.snapshot.get('ConfigMap', namespace, ROOT_CONFIG_MAP);
  const named = `ConfigMap ${namespace}/${ROOT_CONFIG_MAP}`;
  const pem = configMap?.data?.[ROOT_KEY];
  return configMap && pem !== undefined
    ? bundledCertificates(about, ROOT, pem, {
        kind: 'ConfigMap',
        object: configMap,
        field: `data.${ROOT_KEY}`,
        named,
      })
    : [
        unknownCertificate(
          ROOT,
          notKnown(
            about,
            'certificate',
            'absent',
            `${named}, where istiod publishes it, is not there or not read: only those of istio-system and beside the settings of a control plane are`,
          ),
        ),
      ];
}

function issuersOf(about: About, namespace: string): ControlPlaneCertificate[] {
  const { snapshot } = about;
  const known = AUTHORITY_SECRETS.map(secretName =>
    certificateOf(snapshot, namespace, secretName),
  ).find(certificate => certificate !== undefined);
  // With istio-csr cert-manager signs itself, by an authority that it keeps under any name.
  const all = known ? [known] : authoritiesIn(snapshot, namespace);
  return all.length > 0
    ? all.map((certificate, index) =>
        managedCertificate(
          about,
          index === 0
            ? ISSUER
            : {
                ...ISSUER,
                id: `issuer-${index + 1}`,
                title: `${ISSUER.title} (${certificate.metadata.name})`,
              },
          certificate,
        ),
      )
    : [
        unknownCertificate(
          ISSUER,
          keptInSecret(about, namespace, AUTHORITY_SECRETS.join(' or ')),
        ),
      ];
}
