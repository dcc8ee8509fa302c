import { Answer, Reason } from '../contract/common';
import { Accepts, ObservedTraffic, Sends, Verdict } from '../contract/mtls';
import { verdictSchema } from '../contract/schemas/mtls';

/**
 * What the verdict on one port of one workload is formed from.
 *
 * @public
 */
export interface PortEvidence {
  /** Whether the workload takes part in a mesh at all. */
  inMesh: boolean;
  accepts: Answer<Accepts>;
  /** What each known client sends; the classes that stand for everybody else are no known clients. */
  knownClients: readonly Answer<Sends>[];
  /** What was seen, where it was measured. */
  observed?: ObservedTraffic;
}

/**
 * The verdict on one port.
 *
 * - protected: nothing but mutual TLS is accepted (or nothing at all).
 * - mtls-in-use: plaintext is accepted, but none was seen and every known client sends mutual TLS.
 * - in-part: plaintext is accepted, and a known client sends it, it was seen, or no client is known
 *   that would show that it is not needed.
 * - unprotected: nothing but plaintext is accepted, or all known clients send it.
 * - unknown: an input that decides could not be read.
 *
 * An observation may lower the verdict, never raise it.
 *
 * @public
 */
export function portVerdict(evidence: PortEvidence): Answer<Verdict> {
  const { accepts } = evidence;
  if (!evidence.inMesh) {
    return { value: 'not-in-mesh', reasons: accepts.reasons };
  }
  const configured = configuredVerdict(evidence);
  const plaintext = evidence.observed?.plaintext ?? 0;
  if (plaintext > 0 && isBetter(configured.value, 'in-part')) {
    return {
      value: 'in-part',
      reasons: [
        {
          rule: 'mesh/verdict/plaintext-seen',
          text: `${count(
            plaintext,
            evidence.observed?.unit ?? 'requests',
          )} came in plaintext`,
        },
        ...configured.reasons,
      ],
    };
  }
  return configured;
}

function configuredVerdict({
  accepts,
  knownClients,
}: PortEvidence): Answer<Verdict> {
  switch (accepts.value) {
    case 'mtls-only':
    case 'nothing':
      return { value: 'protected', reasons: accepts.reasons };
    case 'plaintext-only':
      return { value: 'unprotected', reasons: accepts.reasons };
    case 'own-tls':
      return {
        value: 'unknown',
        cause: 'not-modelled',
        reasons: accepts.reasons,
      };
    case 'unknown':
      return {
        value: 'unknown',
        cause: accepts.cause,
        reasons: accepts.reasons,
      };
    case 'mtls-or-plaintext':
      return clientsVerdict(accepts, knownClients);
    default:
      throw new TypeError(`Unknown answer ${accepts.value}`);
  }
}

function clientsVerdict(
  accepts: Answer<Accepts>,
  clients: readonly Answer<Sends>[],
): Answer<Verdict> {
  // A client whose connections fail sends nothing that would need protection.
  const sending = clients.filter(({ value }) => value !== 'fails');
  const plaintext = sending.filter(({ value }) => value === 'plaintext');
  const unread = sending.find(({ value }) => value === 'unknown');
  if (sending.length === 0) {
    return {
      value: 'in-part',
      reasons: [
        ...accepts.reasons,
        {
          rule: 'mesh/verdict/no-known-client',
          text: 'No client is known, so nothing shows that plaintext is not needed',
        },
      ],
    };
  }
  if (plaintext.length === sending.length) {
    return {
      value: 'unprotected',
      reasons: [...firstReasons(plaintext), ...accepts.reasons],
    };
  }
  if (plaintext.length > 0) {
    return {
      value: 'in-part',
      reasons: [...firstReasons(plaintext), ...accepts.reasons],
    };
  }
  if (unread) {
    return {
      value: 'unknown',
      cause: unread.cause,
      reasons: [...unread.reasons, ...accepts.reasons],
    };
  }
  return { value: 'mtls-in-use', reasons: accepts.reasons };
}

function firstReasons(answers: readonly Answer<Sends>[]): Reason[] {
  return answers.flatMap(({ reasons }) => reasons.slice(0, 1));
}

/**
 * The verdict on several ports of a workload: the worst one. A workload without ports has nothing to
 * protect by this rule, and its verdict is unknown.
 *
 * @public
 */
export function worstVerdict(
  verdicts: readonly Answer<Verdict>[],
): Answer<Verdict> {
  if (verdicts.length === 0) {
    return {
      value: 'unknown',
      cause: 'not-modelled',
      reasons: [
        {
          rule: 'mesh/verdict/no-port',
          text: 'No port is declared by a container or by a Service',
        },
      ],
    };
  }
  return verdicts.reduce((worst, next) =>
    isBetter(worst.value, next.value) ? next : worst,
  );
}

/**
 * The verdict on an entity: that of its worst workload; where only some workloads are outside the mesh
 * (and none is worse), it is protected in part.
 *
 * @public
 */
export function entityVerdict(
  workloads: readonly { name: string; verdict: Answer<Verdict> }[],
): Answer<Verdict> {
  const outside = workloads.filter(
    ({ verdict }) => verdict.value === 'not-in-mesh',
  );
  const inside = workloads.filter(
    ({ verdict }) => verdict.value !== 'not-in-mesh',
  );
  if (outside.length === 0 || inside.length === 0) {
    return worstVerdict(workloads.map(({ verdict }) => verdict));
  }
  return worstVerdict([
    ...inside.map(({ verdict }) => verdict),
    ...outside.map(({ name, verdict }) => ({
      value: 'in-part' as const,
      reasons: [
        {
          rule: 'mesh/verdict/workload-outside',
          text: `${name} is not in the mesh`,
        },
        ...verdict.reasons,
      ],
    })),
  ]);
}

/**
 * Whether a verdict is better than another.
 *
 * @public
 */
export function isBetter(a: Verdict, b: Verdict): boolean {
  return verdictSchema.options.indexOf(a) < verdictSchema.options.indexOf(b);
}

function count(value: number, unit: ObservedTraffic['unit']): string {
  const rounded = Math.round(value);
  return `${rounded} ${rounded === 1 ? unit.slice(0, -1) : unit}`;
}
