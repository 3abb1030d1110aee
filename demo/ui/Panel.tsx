import type { ComponentChildren } from 'preact';

/** A part of the page, with its heading. */
export function Panel({
  id,
  title,
  lead,
  actions,
  children,
}: {
  id: string;
  title: string;
  /** One sentence that says what is to be seen. */
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class={`panel panel-${id}`} id={id} aria-labelledby={`${id}-title`}>
      <header class="panel-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
