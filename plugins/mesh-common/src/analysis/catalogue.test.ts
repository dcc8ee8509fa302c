import { CHECKS } from './catalogue';

describe('the catalogue of checks', () => {
  it('has each check once', () => {
    const keys = CHECKS.map(
      ({ code, aliases = [], upstream, subject }) =>
        `${code} ${aliases} ${upstream} ${subject}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([...CHECKS].map(check => [check.code, check] as const))(
    '%s says what it is',
    (code, check) => {
      expect(code).toMatch(/^(?:IST\d{4}|KIA\d{4}|MESH-[A-Z]?\d{4}|GWAPI)$/);
      expect(check.title).not.toMatch(/\.$/);
      expect(check.explanation).toMatch(/\.$/);
      expect(check.upstream).not.toBe('');
    },
  );

  it('says the same about a code wherever the code is', () => {
    const texts = new Map<string, string>();
    for (const { code, level, title } of CHECKS) {
      const text = `${level} ${title}`;
      expect(texts.get(code) ?? text).toBe(text);
      texts.set(code, text);
    }
  });
});
