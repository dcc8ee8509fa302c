import { Container, Probe } from './core';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** A probe of a container, by the field that it is written in. */
export interface ContainerProbe {
  name: (typeof PROBES)[number];
  probe: Probe;
}

/** The probes of a container. */
export function probesOf(container: Container): ContainerProbe[] {
  return PROBES.flatMap(name => {
    const probe = container[name];
    return probe ? [{ name, probe }] : [];
  });
}

/** The port that a probe asks; one that it names is looked up among those of its own container. */
export function probedPort(
  { ports }: Container,
  port: number | string | undefined,
): number | undefined {
  return typeof port === 'string'
    ? ports.find(({ name }) => name === port)?.containerPort
    : port;
}
