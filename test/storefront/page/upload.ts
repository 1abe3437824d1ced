import { html } from 'lit-html'
import { CreateImageUploadDocument, UploadProductImageDocument } from '../documents.generated.ts'
import type { Shop } from './client.ts'
import { newKey } from './view.ts'

/** For those who keep the catalogue; a shopper has no such form. */
export function uploadForm(shop: Shop, productId: string) {
  if (!shop.user?.roles.includes('CATALOG')) return null
  const upload = async ({ target }: Event) => {
    const [file] = (target as HTMLInputElement).files ?? []
    if (file) await uploadImage(shop, productId, file)
  }
  return html`
    <label>Another picture <input type="file" id="picture" accept="image/*" @change=${upload} /></label>
  `
}

/** What is small comes with the mutation itself. */
const mostWithin = 500_000

async function uploadImage(shop: Shop, productId: string, file: File): Promise<void> {
  const isSmall = file.size <= mostWithin
  const source = isSmall ? { file } : { fileKey: await putAside(shop, productId, file) }
  await shop.client.mutate({
    mutation: UploadProductImageDocument,
    variables: {
      input: { idempotencyKey: newKey(), productId, altText: file.name, ...source },
    },
    context: { hasFile: isSmall },
  })
}

/** To where files are kept, by a link that is good for this one alone. Gives its key. */
async function putAside({ client }: Shop, productId: string, file: File): Promise<string> {
  const { type: contentType, size: bytes } = file
  const { data } = await client.mutate({
    mutation: CreateImageUploadDocument,
    variables: { input: { idempotencyKey: newKey(), productId, contentType, bytes } },
  })
  if (!data) throw new Error('There is no link.')
  const { url, fileKey } = data.createImageUpload
  const headers = { 'content-type': contentType }
  const { ok, status } = await fetch(url, { method: 'PUT', headers, body: file })
  if (!ok) throw new Error(`The picture was not taken: ${status}`)
  return fileKey
}
