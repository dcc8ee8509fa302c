import {
  Accepts,
  Answer,
  EnrolmentMode,
  PortMtls,
  Verdict,
  WorkloadMtls,
} from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { Terminal } from '../terminal';
import { reasonLines } from './reasons';
import { count, Style, styleOf } from './style';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  protected: 'protected',
  'mtls-in-use': 'mTLS in use, plaintext accepted',
  unknown: 'unknown',
  'in-part': 'protected in part',
  unprotected: 'unprotected',
  'not-in-mesh': 'not in a mesh',
};

const COLOURS = {
  protected: 'green',
  'mtls-in-use': 'green',
  unknown: 'magenta',
  'in-part': 'yellow',
  unprotected: 'red',
  'not-in-mesh': 'red',
} as const;

const ACCEPTS: Readonly<Record<Accepts, string>> = {
  'mtls-only': 'mTLS only',
  'mtls-or-plaintext': 'mTLS or plaintext',
  'plaintext-only': 'plaintext only',
  'own-tls': "TLS, not the mesh's",
  nothing: 'nothing',
  unknown: 'unknown',
};

const MODES: Readonly<Record<EnrolmentMode, string>> = {
  sidecar: 'sidecar',
  'native-sidecar': 'native sidecar',
  ambient: 'ambient',
  gateway: 'gateway',
  waypoint: 'waypoint',
  none: 'no proxy',
  mixed: 'pods differ',
  unknown: 'unknown',
};

/** The workloads for people: how each takes part, and what each port accepts and why. */
export function mtlsText(
  workloads: readonly WorkloadMtls[],
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  return [
    ...workloads.map(workload => workloadText(workload, input, style)),
    summaryText(workloads),
  ].join('\n\n');
}

function workloadText(
  { workload, enrolment, ports, verdict }: WorkloadMtls,
  input: Input,
  style: Style,
): string {
  const name = `${workload.kind} ${workload.namespace}/${workload.name}`;
  const mesh = enrolment.mesh ? `${enrolment.mesh}, ` : '';
  return [
    `${style.paint('bold', name)}: ${style.paint(
      COLOURS[verdict.value],
      VERDICTS[verdict.value],
    )} (${mesh}${MODES[enrolment.value]}${predicted(enrolment)})`,
    ...reasonLines(enrolment.reasons, input, style, 2),
    ...ports.flatMap(port => portLines(port, input, style)),
    ...(ports.length === 0
      ? ['  No port is declared by a container or by a Service']
      : []),
  ].join('\n');
}

function portLines(
  { port, name, protocol, accepts, services }: PortMtls,
  input: Input,
  style: Style,
): string[] {
  const term = accepts.term ? ` (${accepts.term})` : '';
  const from = services
    .map(({ service, port: servicePort }) => `${service.name}:${servicePort}`)
    .join(', ');
  return [
    `  ${[port, name, protocol]
      .filter(Boolean)
      .join(' ')}: accepts ${style.paint(
      'bold',
      ACCEPTS[accepts.value],
    )}${term}${predicted(accepts)}${from && `, as ${from}`}`,
    ...reasonLines(accepts.reasons, input, style, 4),
    ...reasonLines(accepts.mayDiffer ?? [], input, style, 4),
  ];
}

function predicted({ predicted: is }: Answer<unknown>): string {
  return is ? ', predicted' : '';
}

function summaryText(workloads: readonly WorkloadMtls[]): string {
  const counts = Object.entries(VERDICTS).flatMap(([verdict, words]) => {
    const found = workloads.filter(
      workload => workload.verdict.value === verdict,
    ).length;
    return found > 0 ? `${found} ${words}` : [];
  });
  return `${count(workloads.length, 'workload')}: ${counts.join(', ')}`;
}
