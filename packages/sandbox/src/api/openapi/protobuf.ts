import { Writer } from 'protobufjs/minimal';
import { kubernetesVersion } from '../../store/schema/registry';
import type { RawAnswer } from '../answer';

/**
 * OpenAPI 2 in the form in which kubectl asks for it: where OpenAPI 3 does not have a kind. As this has no other kinds,
 * the document is empty but for its head; without it kubectl complains of the document, not of the unknown kind.
 */
export function openApiV2Protobuf(): RawAnswer {
  const info = Writer.create()
    .uint32(tag(1))
    .string('Kubernetes')
    .uint32(tag(2))
    .string(kubernetesVersion)
    .finish();
  return {
    type: 'raw',
    code: 200,
    contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    body: Writer.create()
      .uint32(tag(1))
      .string('2.0')
      .uint32(tag(2))
      .bytes(info)
      .finish(),
  };
}

/** A field whose value has a length. */
function tag(field: number): number {
  return (field << 3) | 2;
}
