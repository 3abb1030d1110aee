import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

/** A drop-down with its label. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel,
}: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
}) {
  return (
    <label class="field">
      <span class={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A slider with its label and its value in words. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  text,
  disabled,
  onInput,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  text: string;
  disabled?: boolean;
  onInput: (value: number) => void;
}) {
  return (
    <label class="field slider">
      <span>{label}</span>
      <input
        type="range"
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <output>{text}</output>
    </label>
  );
}

/** A number that counts when it is entered; what is out of range is put back. What is being typed stays meanwhile. */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  placeholder,
  onCommit,
}: {
  label: string;
  value: number | null;
  min: number;
  max: number;
  step?: number | 'any';
  placeholder?: string;
  /** Null where the field was emptied. */
  onCommit: (value: number | null) => void;
}) {
  const draft = useSignal<string | undefined>(undefined);
  return (
    <label class="field number">
      <span>{label}</span>
      <input
        type="number"
        value={draft.value ?? value ?? ''}
        min={min}
        max={max}
        step={step}
        placeholder={placeholder}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onChange={(event) => {
          const { value: text, valueAsNumber } = event.currentTarget;
          if (text === '' && placeholder !== undefined) onCommit(null);
          else if (valueAsNumber >= min && valueAsNumber <= max) onCommit(valueAsNumber);
          draft.value = undefined;
        }}
        onBlur={() => {
          draft.value = undefined;
        }}
      />
    </label>
  );
}

/** A choice that is on or off. */
export function Toggle({
  label,
  checked,
  onChange,
}: {
  label: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
