/** What came in a form or a query: `a[b][]=c` is a list in an object. */
export type Form = { [key: string]: string | Form | Form[] | string[] | undefined }

export function formOf(text: string): Form {
  const form: Form = {}
  for (const [name, value] of new URLSearchParams(text)) put(form, pathOf(name), value)
  return listed(form) as Form
}

const pathOf = (name: string) => name.split('[').map((part) => part.replace(/\]$/, ''))

function put(form: Form, [first = '', ...rest]: string[], value: string): void {
  const key = first === '' ? String(Object.keys(form).length) : first
  if (key === '__proto__') return
  if (rest.length === 0) {
    form[key] = value
    return
  }
  const inner = form[key]
  const next = typeof inner === 'object' ? (inner as Form) : {}
  form[key] = next
  put(next, rest, value)
}

/** Objects whose keys count from 0 are lists. */
function listed(value: Form | string): unknown {
  if (typeof value === 'string') return value
  const keys = Object.keys(value)
  const isList = keys.length > 0 && keys.every((key, index) => key === String(index))
  const inner = keys.map((key) => [key, listed(value[key] as Form | string)] as const)
  return isList ? inner.map(([, each]) => each) : Object.fromEntries(inner)
}

export const textIn = (form: Form, name: string): string | undefined => {
  const value = form[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export const numberIn = (form: Form, name: string): number | undefined => {
  const text = textIn(form, name)
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}

export const formIn = (form: Form, name: string): Form => {
  const value = form[name]
  return typeof value === 'object' && !Array.isArray(value) ? value : {}
}

export const listIn = (form: Form, name: string): string[] => {
  const value = form[name]
  return Array.isArray(value) ? value.map(String) : []
}

export const textsIn = (form: Form, name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(formIn(form, name)).flatMap(([key, value]) =>
      typeof value === 'string' && value !== '' ? [[key, value]] : [],
    ),
  )
