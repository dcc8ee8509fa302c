import SwaggerParser from '@apidevtools/swagger-parser';
import { ROUTES, WRITE_ROUTES } from 'backstage-plugin-mesh-common';
import { openApiDocument } from './openapi';

/** The document as clients get it, without the identities that objects have in this process. */
function served() {
  return JSON.parse(JSON.stringify(openApiDocument()));
}

describe('openApiDocument', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const api = await SwaggerParser.validate(served());
    expect(api).toMatchObject({ openapi: '3.1.0' });
  });

  it('is found invalid where it is', async () => {
    const broken = served();
    delete broken.info.title;
    await expect(SwaggerParser.validate(broken)).rejects.toThrow('title');
  });

  it('describes every route, relative to the base path of the plugin', () => {
    const { paths, servers } = served();
    expect(servers).toEqual([{ url: '/api/mesh' }]);
    expect(Object.keys(paths).sort()).toEqual(
      Object.values({ ...ROUTES, ...WRITE_ROUTES })
        .map(({ path }) => path.replace(/:(\w+)/g, '{$1}'))
        .sort(),
    );
  });

  it('says which parameters there are, and what they may be', () => {
    const { parameters } =
      served().paths['/entities/{kind}/{namespace}/{name}/mtls/observed'].get;
    expect(parameters).toEqual([
      ...['kind', 'namespace', 'name'].map(name => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 253 },
      })),
      {
        name: 'window',
        in: 'query',
        required: false,
        description: 'Length of the window in seconds',
        schema: {
          type: 'string',
          enum: ['60', '300', '900', '3600', '21600'],
        },
      },
      expect.objectContaining({ name: 'If-None-Match', in: 'header' }),
    ]);
  });

  it('names each answer, what errors there are, and who may ask', () => {
    const document = served();
    const { responses, description } = document.paths['/fleet/clusters'].get;
    expect(responses['200'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/FleetClustersAnswer',
    });
    expect(Object.keys(responses)).toEqual(['200', '304', '400', '401', '403']);
    expect(description).toContain('mesh.fleet.read');
    expect(document.security).toEqual([{ backstageToken: [] }]);
  });

  it('describes what is written: its body, and what becomes of it', () => {
    const { post, get } =
      served().paths[
        '/entities/{kind}/{namespace}/{name}/readiness/items/{item}/waivers'
      ];
    expect(get).toBeUndefined();
    expect(post.requestBody.content).toEqual({
      'application/json': {
        schema: { $ref: '#/components/schemas/ChecklistRecordBody' },
      },
    });
    expect(Object.keys(post.responses)).toEqual(
      expect.arrayContaining(['201', '400', '403', '404', '409', '415']),
    );
    expect(post.description).toContain('mesh.checklist.waive');
  });

  it('refers to parts of the document only', () => {
    const refs = [
      ...JSON.stringify(served()).matchAll(/"\$ref":"([^"]+)"/g),
    ].map(([, ref]) => ref);
    expect(refs.length).toBeGreaterThan(100);
    expect(
      refs.filter(
        ref => !/^#\/components\/(schemas|responses)\/\w+$/.test(ref),
      ),
    ).toEqual([]);
  });
});
