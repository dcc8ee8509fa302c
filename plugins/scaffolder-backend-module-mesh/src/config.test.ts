import { ConfigReader } from '@backstage/config';
import { readOutputDirectory } from './config';

function read(outputDirectory?: string) {
  return readOutputDirectory(
    new ConfigReader({ mesh: { scaffolder: { outputDirectory } } }),
  );
}

it('reads an absolute path, and that there is none', () => {
  expect(read('/srv/generated')).toBe('/srv/generated');
  expect(read()).toBeUndefined();
  expect(readOutputDirectory(new ConfigReader({}))).toBeUndefined();
});

it('refuses a path that depends on where the backend was started', () => {
  expect(() => read('generated')).toThrow(
    'mesh.scaffolder.outputDirectory: expected an absolute path, got generated',
  );
});
