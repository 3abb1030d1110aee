import { computed, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'tardigrade-theme';
const preference = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(preference.matches);
preference.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches;
});

/** What the visitor chose; kept by the browser where it keeps anything. */
export const theme = signal<Theme>(stored());
export const isDark = computed(() =>
  theme.value === 'system' ? systemIsDark.value : theme.value === 'dark',
);

export function chooseTheme(choice: Theme): void {
  theme.value = choice;
  applyTheme();
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = theme.value;
}

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return found === 'light' || found === 'dark' ? found : 'system';
  } catch {
    return 'system';
  }
}

/** Colours of the style sheet as they are at the moment, for what is drawn on a canvas. */
export function colours<Name extends string>(...names: Name[]): Record<Name, string> {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolved = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(resolved) as Record<Name, string>;
}
