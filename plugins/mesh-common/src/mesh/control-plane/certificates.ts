import { CertManagerCertificate } from '../../cert-manager/objects';
import { Answer } from '../../contract/common';
import {
  ControlPlaneCertificate,
  ControlPlaneState,
} from '../../contract/controlPlane';
import { Validity } from '../../kubernetes/certificate';
import { bundleValidities } from '../../kubernetes/certificateBundle';
import { namespaceOf } from '../../kubernetes/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { About, Decider, judged, notKnown } from './facts';

const CERTIFICATE = 'cert-manager.io/Certificate';

/** What a certificate is for, and from when on it asks for attention. */
export interface Subject {
  id: string;
  title: string;
  warnBelowDays: number;
}

const bySecret = defineIndex(
  [CERTIFICATE],
  ({ objects }) =>
    new Map(
      objects(CERTIFICATE).map(
        certificate => [certificate.spec.secretName, certificate] as const,
      ),
    ),
);

/** The Certificate of cert-manager that fills a Secret. */
export function certificateOf(
  snapshot: MeshSnapshot,
  namespace: string,
  secretName: string,
): CertManagerCertificate | undefined {
  return bySecret(snapshot, namespace).get(secretName);
}

/** The Certificates for authorities in a namespace, by name. */
export function authoritiesIn(
  snapshot: MeshSnapshot,
  namespace: string,
): CertManagerCertificate[] {
  return [...snapshot.list(CERTIFICATE, namespace)]
    .filter(({ spec }) => spec.isCA === true)
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

/**
 * What cert-manager says of a certificate that it keeps in a Secret: its validity, when it is renewed, and whether that
 * works (the condition `Ready`).
 *
 * Upstream: cert-manager, pkg/apis/certmanager/v1, `CertificateStatus`.
 */
export function managedCertificate(
  about: About,
  subject: Subject,
  certificate: CertManagerCertificate,
): ControlPlaneCertificate {
  const { status } = certificate;
  const named = `Certificate ${namespaceOf(certificate)}/${
    certificate.metadata.name
  }`;
  const decider: Decider = { kind: CERTIFICATE, object: certificate };
  return {
    ...subject,
    validity: status?.notAfter
      ? judged(
          about,
          'certificate',
          'known',
          `cert-manager keeps it by ${named} in Secret ${certificate.spec.secretName}`,
          { ...decider, field: 'status.notAfter' },
        )
      : notKnown(
          about,
          'certificate',
          'absent',
          `cert-manager has issued nothing for ${named} yet`,
          { ...decider, field: 'status' },
        ),
    ...(status?.notBefore && { notBefore: status.notBefore }),
    ...(status?.notAfter && { notAfter: status.notAfter }),
    ...(status?.renewalTime && { renewalTime: status.renewalTime }),
    renewal: renewalOf(about, certificate, named),
  };
}

function renewalOf(
  about: About,
  certificate: CertManagerCertificate,
  named: string,
): Answer<ControlPlaneState> {
  const conditions = certificate.status?.conditions ?? [];
  const index = conditions.findIndex(({ type }) => type === 'Ready');
  const decider: Decider = {
    kind: CERTIFICATE,
    object: certificate,
    field: index < 0 ? 'status.conditions' : `status.conditions[${index}]`,
  };
  if (index < 0) {
    return notKnown(
      about,
      'certificate-renewal',
      'absent',
      `cert-manager has not said whether ${named} is ready`,
      decider,
    );
  }
  const { status, message } = conditions[index];
  return status === 'True'
    ? judged(
        about,
        'certificate-renewal',
        'good',
        `cert-manager renews it`,
        decider,
      )
    : judged(
        about,
        'certificate-renewal',
        'bad',
        `${named} is not ready${message ? `: ${message}` : ''}`,
        decider,
      );
}

/** The certificates of a PEM bundle in an object, numbered where there are several. */
export function bundledCertificates(
  about: About,
  subject: Subject,
  pem: string,
  decider: Decider & { named: string },
): ControlPlaneCertificate[] {
  const { named, ...where } = decider;
  const all = bundleValidities(pem);
  if (all.length === 0) {
    return [
      unknownCertificate(
        subject,
        notKnown(
          about,
          'certificate',
          'malformed',
          `${named} has no certificate`,
          where,
        ),
      ),
    ];
  }
  return all.map((validity, index) => {
    const numbered =
      all.length === 1
        ? subject
        : {
            ...subject,
            id: `${subject.id}-${index + 1}`,
            title: `${subject.title} ${index + 1} of ${all.length}`,
          };
    return validity
      ? {
          ...numbered,
          validity: judged(
            about,
            'certificate',
            'known',
            `It is in ${named}`,
            where,
          ),
          ...timesOf(validity),
        }
      : unknownCertificate(
          numbered,
          notKnown(
            about,
            'certificate',
            'malformed',
            `A certificate in ${named} cannot be read`,
            where,
          ),
        );
  });
}

/** A certificate of which nobody tells until when it is good. */
export function unknownCertificate(
  subject: Subject,
  validity: Answer<'unknown'>,
): ControlPlaneCertificate {
  return { ...subject, validity };
}

function timesOf({ notBefore, notAfter }: Validity) {
  return {
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
  };
}

/**
 * Why a certificate that is kept in a Secret is not known: Secrets are never read, and no Certificate of cert-manager
 * says what is in it.
 */
export function keptInSecret(
  about: About,
  namespace: string,
  secretName: string,
): Answer<'unknown'> {
  const read = about.snapshot.read(CERTIFICATE);
  const kept = `It is kept in Secret ${namespace}/${secretName}, and Secrets are never read of a cluster`;
  return read.state === 'read' || read.state === 'absent'
    ? notKnown(
        about,
        'certificate',
        'forbidden',
        `${kept}; no Certificate of cert-manager speaks of it`,
      )
    : notKnown(about, 'certificate', read.state, `${kept}; ${read.message}`);
}
