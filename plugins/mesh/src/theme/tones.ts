import { Theme } from '@material-ui/core/styles';

/** What a colour says beside a word and an icon, never alone. */
export type Tone = 'good' | 'notice' | 'bad' | 'info' | 'neutral';

type Tones = { readonly [tone in Tone]: string };

/** Text colours that are readable on every background of the theme (WCAG AA, tested). */
export const TONES: { readonly [type in 'light' | 'dark']: Tones } = {
  light: {
    good: '#17692b',
    notice: '#8a4600',
    bad: '#b3121d',
    info: '#1f5493',
    neutral: '#5a5a5a',
  },
  dark: {
    good: '#8fdca0',
    notice: '#ffc46b',
    bad: '#ffb0ab',
    info: '#9cc9ff',
    neutral: '#d0d0d0',
  },
};

export function toneColor(theme: Theme, tone: Tone): string {
  return TONES[theme.palette.type][tone];
}

/** Colour of text that is less important, readable on every background of the theme. */
export function subtleColor(theme: Theme): string {
  return TONES[theme.palette.type].neutral;
}

/** Background of a line or row that stands out; text keeps its own colour on it. */
export function markedBackground(theme: Theme): string {
  return theme.palette.type === 'dark' ? '#5a5228' : '#fff3c2';
}
