import { Reader } from 'protobufjs/minimal';
import { splitGroupVersion } from '../../store/groupVersion';
import { nativeName } from '../../store/schema/registry';
import { define, type JsonRecord } from '../../store/values';
import { badRequest } from '../status';
import descriptor from './kubernetes.json';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

interface FieldDescriptor {
  id: number;
  type: string;
  rule?: string;
  keyType?: string;
  /** A pointer in Go: then a zero value is a value. */
  pointer?: boolean;
  /** Its members are those of the message around it. */
  inline?: boolean;
}

const MESSAGES: Readonly<
  Record<string, Readonly<Record<string, FieldDescriptor>>>
> = descriptor.messages;

/** What begins each body: `k8s` and a zero byte. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
const META = 'k8s.io.apimachinery.pkg.apis.meta.v1';
const RUNTIME = 'k8s.io.apimachinery.pkg.runtime';

/**
 * Reads a body in Kubernetes' protobuf form, in which Go clients send the built-in kinds, as the object that the same
 * body in JSON is.
 */
export function decodeProtobuf(body: Buffer): unknown {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest('the body is not in the protobuf form of Kubernetes');
  }
  try {
    return decodeEnvelope(body.subarray(MAGIC.length));
  } catch (error) {
    if (error instanceof RangeError) {
      throw badRequest(`the protobuf body ends too early: ${error.message}`);
    }
    throw error;
  }
}

/** The envelope says of which kind the message in it is. */
function decodeEnvelope(bytes: Uint8Array): unknown {
  const fields = readFields(bytes, `${RUNTIME}.Unknown`);
  const typeMeta = fields.get('typeMeta')?.[0];
  const raw = fields.get('raw')?.[0];
  if (!(typeMeta instanceof Uint8Array) || !(raw instanceof Uint8Array)) {
    throw badRequest('the protobuf body has no kind or no object');
  }
  const { apiVersion = '', kind = '' } = decodeTypeMeta(typeMeta);
  const name = messageOf(apiVersion, kind);
  if (!MESSAGES[name]) {
    throw badRequest(
      `${kind} in version ${apiVersion} is not read in protobuf form: send JSON`,
    );
  }
  return { apiVersion, kind, ...decodeMessage(raw, name) };
}

function decodeTypeMeta(bytes: Uint8Array): {
  apiVersion?: string;
  kind?: string;
} {
  const { apiVersion, kind } = decodeMessage(bytes, `${RUNTIME}.TypeMeta`);
  return {
    ...(typeof apiVersion === 'string' && { apiVersion }),
    ...(typeof kind === 'string' && { kind }),
  };
}

/** The names of the messages and of the schemas differ in how the first part is written. */
function messageOf(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') {
    return `${META}.DeleteOptions`;
  }
  const { group, version } = splitGroupVersion(apiVersion);
  const name = nativeName(group, version, kind) ?? '';
  return name.replace(/^io\.k8s\./, 'k8s.io.');
}

type WireValue = string | number | boolean | Uint8Array;

/** The fields of a message by name, each with the values that came; a message in it is still bytes. */
function readFields(
  bytes: Uint8Array,
  message: string,
): Map<string, WireValue[]> {
  const byId = new Map(
    Object.entries(MESSAGES[message]).map(([name, field]) => [
      field.id,
      { name, type: field.keyType ? 'entry' : field.type },
    ]),
  );
  const values = new Map<string, WireValue[]>();
  const reader = Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const field = byId.get(tag >>> 3);
    if (field) {
      const present = values.get(field.name) ?? [];
      present.push(readValue(reader, field.type));
      values.set(field.name, present);
    } else {
      reader.skipType(tag & 7);
    }
  }
  return values;
}

function readValue(reader: Reader, type: string): WireValue {
  switch (type) {
    case 'string':
      return reader.string();
    case 'bool':
      return reader.bool();
    case 'int32':
      return reader.int32();
    case 'int64':
      return Number(reader.int64().toString());
    default:
      return reader.bytes();
  }
}

function decodeMessage(bytes: Uint8Array, message: string): JsonRecord {
  const result: JsonRecord = {};
  const values = readFields(bytes, message);
  for (const [name, field] of Object.entries(MESSAGES[message])) {
    const present = values.get(name);
    if (present) {
      const value = decodeField(present, field);
      if (field.inline) {
        Object.assign(result, value);
      } else if (field.pointer || !isZero(value)) {
        define(result, name, value);
      }
    }
  }
  return result;
}

/** Of a field that is no pointer, the zero value is sent although nobody set it. */
function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === false || value === null;
}

function decodeField(values: WireValue[], field: FieldDescriptor): unknown {
  if (field.keyType) {
    return decodeMap(values, field);
  }
  if (field.rule === 'repeated') {
    return values.map(value => decodeValue(value, field.type));
  }
  return decodeValue(values[values.length - 1], field.type);
}

/** A map is a list of entries with a key and a value. */
function decodeMap(values: WireValue[], { type }: FieldDescriptor): JsonRecord {
  const result: JsonRecord = {};
  for (const entry of values) {
    if (entry instanceof Uint8Array) {
      const reader = Reader.create(entry);
      let key = '';
      let value: WireValue | undefined;
      while (reader.pos < reader.len) {
        const id = reader.uint32() >>> 3;
        if (id === 1) {
          key = reader.string();
        } else {
          value = readValue(reader, type);
        }
      }
      define(result, key, decodeValue(value ?? '', type));
    }
  }
  return result;
}

/** Messages that are written otherwise in JSON. */
const SPECIAL = new Map<
  string,
  (bytes: Uint8Array, message: string) => unknown
>([
  [`${META}.Time`, decodeTime],
  [`${META}.MicroTime`, decodeTime],
  [`${META}.FieldsV1`, decodeRaw],
  [`${RUNTIME}.RawExtension`, decodeRaw],
  [
    'k8s.io.apimachinery.pkg.api.resource.Quantity',
    (bytes, message) => readFields(bytes, message).get('string')?.[0] ?? '0',
  ],
  [
    'k8s.io.apimachinery.pkg.util.intstr.IntOrString',
    (bytes, message) => {
      const fields = readFields(bytes, message);
      return fields.get('type')?.[0] === 1
        ? fields.get('strVal')?.[0] ?? ''
        : fields.get('intVal')?.[0] ?? 0;
    },
  ],
  [
    'k8s.io.api.authentication.v1.ExtraValue',
    (bytes, message) => readFields(bytes, message).get('items') ?? [],
  ],
]);

function decodeValue(value: WireValue, type: string): unknown {
  if (!(value instanceof Uint8Array)) {
    return value;
  }
  if (type === 'bytes') {
    return Buffer.from(value).toString('base64');
  }
  const special = SPECIAL.get(type);
  return special ? special(value, type) : decodeMessage(value, type);
}

/** The zero time is an empty message. */
function decodeTime(bytes: Uint8Array, message: string): string | null {
  const fields = readFields(bytes, message);
  const seconds = fields.get('seconds')?.[0];
  const nanos = Number(fields.get('nanos')?.[0] ?? 0);
  if (typeof seconds !== 'number') {
    return null;
  }
  const text = new Date(seconds * 1000).toISOString();
  return message.endsWith('.MicroTime')
    ? text.replace(
        /\.\d+Z$/,
        `.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`,
      )
    : text.replace(/\.\d+Z$/, 'Z');
}

/** Any value, kept as its JSON. */
function decodeRaw(bytes: Uint8Array, message: string): unknown {
  const fields = readFields(bytes, message);
  const raw = fields.get('raw')?.[0] ?? fields.get('Raw')?.[0];
  return raw instanceof Uint8Array && raw.length > 0
    ? JSON.parse(Buffer.from(raw).toString('utf8'))
    : null;
}
