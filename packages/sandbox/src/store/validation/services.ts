import type { StatusCause } from '../../api/status';
import type { StoredObject } from '../types';
import { listOf, recordOf, type JsonRecord } from '../values';
import {
  duplicate,
  invalidValue,
  isPort,
  PORT_MESSAGE,
  required,
} from './causes';

/** A Service has ports, with names where there are several; its address stays. */
export function checkService(
  object: StoredObject,
  old: StoredObject | undefined,
): StatusCause[] {
  const spec = recordOf(object.spec);
  return [...checkPorts(spec), ...checkAddress(spec, recordOf(old?.spec))];
}

function checkPorts(spec: JsonRecord): StatusCause[] {
  const ports = listOf(spec.ports).map(recordOf);
  const causes: StatusCause[] = [];
  if (
    ports.length === 0 &&
    spec.clusterIP !== 'None' &&
    spec.type !== 'ExternalName'
  ) {
    causes.push(required('spec.ports'));
  }
  const names = new Set<unknown>();
  ports.forEach(({ name, port }, index) => {
    const field = `spec.ports[${index}]`;
    if (ports.length > 1 && !name) {
      causes.push(required(`${field}.name`));
    }
    if (name !== undefined && names.has(name)) {
      causes.push(duplicate(`${field}.name`, name));
    }
    names.add(name);
    if (port !== undefined && !isPort(port)) {
      causes.push(invalidValue(`${field}.port`, port, PORT_MESSAGE));
    }
  });
  return causes;
}

function checkAddress(spec: JsonRecord, old: JsonRecord): StatusCause[] {
  const mayChange =
    old.clusterIP === undefined ||
    old.clusterIP === spec.clusterIP ||
    spec.type === 'ExternalName' ||
    old.type === 'ExternalName';
  return mayChange
    ? []
    : [
        invalidValue(
          'spec.clusterIPs[0]',
          [spec.clusterIP],
          'may not change once set',
        ),
      ];
}
