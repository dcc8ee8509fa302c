import type { StatusCause } from '../../api/status';
import { listOf, recordOf, type JsonRecord } from '../values';
import {
  duplicate,
  invalidValue,
  isPort,
  PORT_MESSAGE,
  required,
} from './causes';

/** A pod has containers, each with a name of its own and an image, whose mounts are of its volumes. */
export function checkPodSpec(spec: JsonRecord, path: string): StatusCause[] {
  const volumes = new Set(listOf(spec.volumes).map(v => recordOf(v).name));
  const names = new Set<unknown>();
  const check = (list: 'initContainers' | 'containers') =>
    listOf(spec[list])
      .map(recordOf)
      .flatMap((container, index) =>
        checkContainer(container, `${path}.${list}[${index}]`, names, volumes),
      );
  return [
    ...check('initContainers'),
    ...(listOf(spec.containers).length === 0
      ? [required(`${path}.containers`)]
      : []),
    ...check('containers'),
  ];
}

function checkContainer(
  container: JsonRecord,
  path: string,
  names: Set<unknown>,
  volumes: ReadonlySet<unknown>,
): StatusCause[] {
  const { name, image } = container;
  const causes: StatusCause[] = [];
  if (!name) {
    causes.push(required(`${path}.name`));
  } else if (names.has(name)) {
    causes.push(duplicate(`${path}.name`, name));
  }
  names.add(name);
  if (!image) {
    causes.push(required(`${path}.image`));
  }
  listOf(container.ports)
    .map(recordOf)
    .forEach(({ containerPort }, index) => {
      const field = `${path}.ports[${index}].containerPort`;
      if (containerPort !== undefined && !isPort(containerPort)) {
        causes.push(invalidValue(field, containerPort, PORT_MESSAGE));
      }
    });
  listOf(container.env)
    .map(recordOf)
    .forEach((variable, index) => {
      if (!variable.name) {
        causes.push(required(`${path}.env[${index}].name`));
      }
    });
  listOf(container.volumeMounts)
    .map(recordOf)
    .forEach((mount, index) => {
      if (mount.name && !volumes.has(mount.name)) {
        causes.push({
          reason: 'FieldValueNotFound',
          message: `Not found: ${JSON.stringify(mount.name)}`,
          field: `${path}.volumeMounts[${index}].name`,
        });
      }
    });
  return causes;
}
