import { escaped, linked } from './escaped.ts'
import type { Kept } from './mailbox.ts'

const style = `
  :root { color-scheme: light dark; --ink: light-dark(#1d2129, #e6e8ec); --dim: light-dark(#667085, #98a0ae);
    --line: light-dark(#e4e7ec, #30353f); --paper: light-dark(#fff, #1b1f27); --ground: light-dark(#f5f6f8, #12151b);
    --accent: light-dark(#2457d6, #8fb0ff); }
  * { box-sizing: border-box; }
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
  header { padding: 20px 24px; display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; }
  h1 { font-size: 20px; margin: 0; } h1 a { color: inherit; text-decoration: none; }
  .dim { color: var(--dim); } a { color: var(--accent); }
  main { max-width: 900px; margin: 0 auto; padding: 0 16px 48px; }
  .card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
  .row { display: grid; grid-template-columns: minmax(0, 14em) minmax(0, 1fr) auto; gap: 16px; padding: 12px 18px;
    border-top: 1px solid var(--line); color: inherit; text-decoration: none; }
  .row:first-child { border-top: 0; } .row:hover, .row:focus-visible { background: var(--ground); }
  .row span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .row b { font-weight: 600; }
  .empty { padding: 48px; text-align: center; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0; padding: 16px 18px;
    border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } dt { color: var(--dim); } dd { margin: 0; }
  iframe { width: 100%; height: 640px; border: 0; display: block; background: #fff; color-scheme: light; }
  pre { margin: 0; padding: 18px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.55 ui-monospace, monospace; }
  h2 { font-size: 15px; margin: 28px 4px 8px; }
  @media (max-width: 600px) { .row { grid-template-columns: 1fr auto; } .row span:nth-child(2) { grid-row: 2; grid-column: 1 / -1; } }
`

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><header><h1><a href="/">Mail</a></h1>
<span class="dim">what the shop has sent: nothing of it has left this machine</span></header>
<main>${body}</main></body></html>`

const timeOf = ({ receivedAt }: Kept) =>
  `<time datetime="${receivedAt}">${receivedAt.slice(0, 10)} ${receivedAt.slice(11, 19)}</time>`

/** Told anew every few seconds: a mail that was sent shows itself. */
export function listPage(mails: readonly Kept[]): string {
  const rows = mails.map(
    (
      mail,
    ) => `<a class="row" href="/messages/${mail.id}"><span>${escaped(mail.recipients.join(', '))}</span>
      <span><b>${escaped(mail.subject)}</b> <span class="dim">${escaped(mail.text.slice(0, 120))}</span></span>
      <span class="dim">${timeOf(mail)}</span></a>`,
  )
  const body =
    rows.length > 0
      ? rows.join('')
      : '<p class="empty dim">Nothing yet. Register, and look again.</p>'
  return page(`Mail (${mails.length})`, `<div class="card">${body}</div>`).replace(
    '<style>',
    '<meta http-equiv="refresh" content="5"><style>',
  )
}

export function mailPage(mail: Kept): string {
  const about = [
    ['Subject', escaped(mail.subject)],
    ['From', escaped(mail.from)],
    ['To', escaped(mail.recipients.join(', '))],
    ['Received', timeOf(mail)],
    ['Message-ID', escaped(mail.messageId)],
  ]
  const head = about.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')
  const html = mail.html
    ? `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail" src="/messages/${mail.id}/html"></iframe>`
    : ''
  return page(
    mail.subject,
    `<div class="card"><dl>${head}</dl>${html}</div>
    <h2>As text</h2><div class="card"><pre>${linked(mail.text)}</pre></div>`,
  )
}

/** The mail's own HTML. It stands in a frame that runs nothing; its links open outside of it. */
export const framed = (mail: Kept): string => `<base target="_blank">${mail.html}`
