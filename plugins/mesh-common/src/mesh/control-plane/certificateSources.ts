import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { SAME_WITHIN_MS } from './metricCertificate';

/**
 * A certificate of a mesh with what objects and what metrics say of it.
 *
 * @public
 */
export interface CertificateSources {
  /** What counts of the two. */
  certificate: ControlPlaneCertificate;
  /** By objects; absent: they tell of no such certificate. */
  configured?: ControlPlaneCertificate;
  /** By metrics; absent: they do not tell of this one. */
  measured?: ControlPlaneCertificate;
  /** Both are known, and name different ends. */
  differ: boolean;
}

/**
 * What objects and metrics say together of the certificates of a mesh. What only one of them knows is known. Where both
 * do and name different ends, the earlier one counts: a control plane may not have taken up yet what an object has. A
 * metric speaks of one certificate; where objects tell of several in its place, as of the roots while they are rotated,
 * it is the one that ends then, and if there is none such a row of its own.
 *
 * @public
 */
export function certificateSources(
  configured: readonly ControlPlaneCertificate[],
  measured: readonly ControlPlaneCertificate[],
): CertificateSources[] {
  const spokenOf = new Map<ControlPlaneCertificate, ControlPlaneCertificate>();
  const alone: CertificateSources[] = [];
  for (const one of measured) {
    const place = configured.filter(({ id }) => isInPlaceOf(id, one.id));
    const meant =
      place.find(other => endsTogether(other, one)) ??
      (place.length === 1 ? place[0] : undefined);
    if (meant) {
      spokenOf.set(meant, one);
    } else {
      alone.push({
        certificate: one,
        measured: one,
        differ: isKnown(one) && place.some(isKnown),
      });
    }
  }
  return [
    ...configured.map(certificate =>
      together(certificate, spokenOf.get(certificate)),
    ),
    ...alone,
  ];
}

/** A control plane that is told of a new certificate uses it within minutes, and the next scrape says so. */
const GRACE_MS = 3_600_000;

/**
 * Whether a certificate has been renewed, and by metrics the old one is in use still: since just now, or for longer than it
 * takes to read the new one.
 *
 * @public
 */
export function unusedRenewal(
  { differ, certificate, configured }: CertificateSources,
  now: Date,
): 'just-now' | 'long-ago' | undefined {
  if (
    !differ ||
    certificate === configured ||
    configured?.renewal?.value !== 'good'
  ) {
    return undefined;
  }
  const since = Date.parse(configured.notBefore ?? '');
  return now.getTime() - since > GRACE_MS ? 'long-ago' : 'just-now';
}

function together(
  configured: ControlPlaneCertificate,
  measured: ControlPlaneCertificate | undefined,
): CertificateSources {
  if (!measured || !isKnown(measured)) {
    return {
      certificate: configured,
      configured,
      ...(measured && { measured }),
      differ: false,
    };
  }
  const differ = isKnown(configured) && !endsTogether(configured, measured);
  const objectCounts =
    isKnown(configured) && endOf(configured) <= endOf(measured);
  return {
    certificate:
      objectCounts || (isKnown(configured) && !differ)
        ? configured
        : { ...measured, id: configured.id, title: configured.title },
    configured,
    measured,
    differ,
  };
}

/** `root-1` and `root-2` are in the place of `root`. */
function isInPlaceOf(id: string, place: string): boolean {
  return (
    id === place ||
    (id.startsWith(`${place}-`) && /^\d+$/.test(id.slice(place.length + 1)))
  );
}

function isKnown({ validity, notAfter }: ControlPlaneCertificate): boolean {
  return validity.value === 'known' && notAfter !== undefined;
}

function endOf({ notAfter }: ControlPlaneCertificate): number {
  return Date.parse(notAfter ?? '');
}

function endsTogether(
  a: ControlPlaneCertificate,
  b: ControlPlaneCertificate,
): boolean {
  return (
    isKnown(a) && isKnown(b) && Math.abs(endOf(a) - endOf(b)) <= SAME_WITHIN_MS
  );
}
