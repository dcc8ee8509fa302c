import { palettes, themes } from '@backstage/theme';
import { getContrastRatio, Theme } from '@material-ui/core/styles';
import { markedBackground, Tone, toneColor, TONES } from './tones';

const cases = (['light', 'dark'] as const).flatMap(type => {
  const theme: Theme = {
    ...themes[type].getTheme('v4')!,
  } as Theme;
  return (Object.keys(TONES[type]) as Tone[]).map(
    tone => [type, tone, theme] as const,
  );
});

describe('tones', () => {
  it.each(cases)(
    'in %s, %s can be read on every background',
    (type, tone, theme) => {
      const color = toneColor(theme, tone);
      for (const background of [
        palettes[type].background.default,
        palettes[type].background.paper,
        // The background of pages in the new frontend system.
        type === 'dark' ? '#333333' : '#f5f5f5',
        markedBackground(theme),
      ]) {
        expect({
          background,
          readable: getContrastRatio(color, background) >= 4.5,
        }).toEqual({ background, readable: true });
      }
    },
  );
});
