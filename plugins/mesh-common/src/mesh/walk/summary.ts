import { WalkAnswer, WalkBranch } from '../../contract/walk';
import { durationWords } from '../../mesh/durationWords';
import { grpcWords } from './grpcWords';

type Said = Omit<WalkAnswer, 'summary'>;

/** What is expected, in a sentence. */
export function summaryOf(answer: Said): string {
  const { redirect, branches, steps, delay } = answer;
  if (redirect) {
    return `${redirect.status} to ${redirect.location}`;
  }
  const ended = steps.find(({ result }) => result === 'ends');
  if (ended) {
    return endedWords(answer, ended.text);
  }
  const going = branches.filter(({ percent }) => percent > 0);
  if (going.length === 0) {
    const open = steps.find(({ result }) => result === 'unknown');
    return open ? `Not known: ${open.text}` : 'Not known';
  }
  const parts = going.map(branch =>
    going.length > 1
      ? `${roundedPercent(branch.percent)} %: ${branchWords(branch)}`
      : branchWords(branch),
  );
  const late = delay
    ? [
        `${
          delay.percent >= 100 ? '' : `${delay.percent} % of them `
        }after an injected delay of ${durationWords(delay.ms)}`,
      ]
    : [];
  const chance = steps
    .filter(({ result }) => result === 'depends')
    .map(({ text }) => text);
  return [...parts, ...late, ...chance].join('; ');
}

function branchWords(branch: WalkBranch): string {
  const { outcome, steps, endpoints } = branch;
  const ended = steps.find(({ result }) => result === 'ends');
  switch (outcome) {
    case 'delivered':
      return `200 expected from ${serverWords(branch)}${
        endpoints && endpoints.ready > 1
          ? `; ends at 1 of ${endpoints.ready} endpoints`
          : ''
      }`;
    case 'unmeshed':
      return 'the request goes on past the mesh, which says nothing of what comes of it';
    case 'depends':
      return steps
        .filter(({ result }) => result === 'depends')
        .map(({ text }) => text)
        .join('; ');
    case 'unknown':
      return `not known: ${
        steps.find(({ result }) => result === 'unknown')?.text ?? ''
      }`;
    default:
      return ended ? endedWords(branch, ended.text) : statusWords(branch);
  }
}

/** The status, unless the text begins with it. */
function endedWords(
  seen: Pick<WalkBranch, 'status' | 'grpcStatus' | 'flag'>,
  text: string,
): string {
  const { status, grpcStatus } = seen;
  if (grpcStatus !== undefined) {
    return text.startsWith('grpc-status ')
      ? text
      : `${statusWords(seen)}: ${text}`;
  }
  const begins =
    status === null
      ? /\bconnection is (?:closed|reset|refused)\b/i.test(text)
      : text.startsWith(`${status} `);
  return begins ? text : `${statusWords(seen)}: ${text}`;
}

function serverWords({ workloads, host, subset }: WalkBranch): string {
  const names = workloads.map(({ name }) => name);
  if (names.length > 0) {
    return names.join(' or ');
  }
  return subset ? `${host}, subset ${subset}` : host ?? 'the destination';
}

function statusWords({
  status,
  grpcStatus,
  flag,
}: Pick<WalkBranch, 'status' | 'grpcStatus' | 'flag'>): string {
  if (status === undefined) {
    return 'Refused';
  }
  if (grpcStatus !== undefined) {
    return [grpcWords(grpcStatus), flag]
      .filter(part => part !== undefined)
      .join(' ');
  }
  return status === null
    ? 'The connection is closed'
    : [status, flag].filter(part => part !== undefined).join(' ');
}

function roundedPercent(percent: number): number {
  return Math.round(percent * 10) / 10;
}
