import { FindingLevel } from '../contract/findings';
import { ControlPlaneCertificate } from '../contract/controlPlane';
import { certificateState } from '../mesh/control-plane/certificateState';

/** What is said of a certificate whose time is up, or nearly. */
export interface EndingCertificate {
  level: FindingLevel;
  /** What follows its name. */
  text: string;
}

/** Whether a certificate asks for attention now; undefined where it does not, or where its time is not known. */
export function endingCertificate(
  certificate: ControlPlaneCertificate,
  now: Date,
): EndingCertificate | undefined {
  const { notBefore, notAfter, renewalTime, warnBelowDays } = certificate;
  switch (certificateState(certificate, now).state) {
    case 'expired':
      return { level: 'error', text: `ended on ${notAfter}` };
    case 'not-yet-valid':
      return { level: 'error', text: `is not valid before ${notBefore}` };
    case 'overdue':
      return {
        level: 'warning',
        text: `should have been renewed on ${renewalTime}, and ends on ${notAfter}`,
      };
    case 'ending':
      return {
        level: 'warning',
        text: `ends on ${notAfter}, in less than ${warnBelowDays} days, and nothing is known to renew it in time`,
      };
    default:
      return undefined;
  }
}
