import { parseWebhookUrl } from './webhookUrl';

describe('parseWebhookUrl', () => {
  it.each<[string, boolean | undefined]>([
    ['https://istiod.example.org:15017/inject', false],
    ['https://10.0.0.1:15017/inject', true],
    ['https://[fd00::1]/inject', true],
    ['https://[fe80::1%25eth0]/inject', false],
    ['https://[10.0.0.1]/inject', undefined],
    ['https://[istiod]/inject', undefined],
    ['https://istiod[0]/inject', undefined],
    ['istiod.example.org', false],
    ['', false],
    ['https://istiod.example.org:https/inject', undefined],
    ['https://istiod%zz/inject', undefined],
    ['https://istiod example.org/', undefined],
    ['https://istiod.example.org/%zz', undefined],
    ['1istiod:15017', undefined],
    ['https://istiod\u0001.example.org', undefined],
  ])('%s', (url, isAddress) => {
    expect(parseWebhookUrl(url)?.isAddress).toBe(isAddress);
  });
});
