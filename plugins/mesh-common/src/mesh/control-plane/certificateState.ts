import { ControlPlaneCertificate } from '../../contract/controlPlane';

const DAY_MS = 86_400_000;

/**
 * How a certificate stands at a moment. ending: less is left than it should be, and nothing is known to renew it in
 * time. overdue: it should have been renewed by now.
 *
 * @public
 */
export type CertificateState =
  | 'valid'
  | 'ending'
  | 'overdue'
  | 'not-yet-valid'
  | 'expired'
  | 'unknown';

/**
 * How a certificate stands at a moment, and how many whole days are left. One that is renewed by itself is fine until
 * its renewal is due, however short its life: cert-manager renews certificates of a day every few hours. Any other one
 * asks for attention when less is left than its threshold.
 *
 * @public
 */
export function certificateState(
  certificate: ControlPlaneCertificate,
  now: Date,
): { state: CertificateState; daysLeft?: number } {
  const at = now.getTime();
  const end = timeOf(certificate.notAfter);
  if (certificate.validity.value === 'unknown' || end === undefined) {
    return { state: 'unknown' };
  }
  const daysLeft = Math.max(0, Math.floor((end - at) / DAY_MS));
  if (end <= at) {
    return { state: 'expired', daysLeft };
  }
  const start = timeOf(certificate.notBefore);
  if (start !== undefined && start > at) {
    return { state: 'not-yet-valid', daysLeft };
  }
  const renewal = timeOf(certificate.renewalTime);
  const renews = certificate.renewal?.value === 'good';
  if (renewal !== undefined && renews) {
    return { state: renewal < at ? 'overdue' : 'valid', daysLeft };
  }
  return {
    state: daysLeft < certificate.warnBelowDays ? 'ending' : 'valid',
    daysLeft,
  };
}

function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
