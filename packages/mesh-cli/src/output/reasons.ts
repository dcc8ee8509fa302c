import { Reason } from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { shortKind } from './analysisText';
import { Style } from './style';

/** Reasons, one line each, with the place in the files where what decided is written. */
export function reasonLines(
  reasons: readonly Reason[],
  input: Pick<Input, 'locate' | 'snapshot'>,
  style: Style,
  indent: number,
): string[] {
  return reasons.map(({ text, object, field }) => {
    const isHere = object?.cluster === input.snapshot.cluster;
    const place = object && isHere && input.locate(object, field);
    const name = object
      ? `${shortKind(object.kind)} ${
          object.namespace ? `${object.namespace}/` : ''
        }${object.name}${isHere ? '' : ` of the cluster ${object.cluster}`}`
      : '';
    const where = place ? `${place.file}:${place.line}` : name;
    return style.wrap(`- ${text}${where && ` [${where}]`}`, indent, indent + 2);
  });
}
