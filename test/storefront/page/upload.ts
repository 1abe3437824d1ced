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

/** The file goes to where files are kept, by a link that is good for it alone; the graph is told its key. */
async function uploadImage({ client }: Shop, productId: string, file: File): Promise<void> {
  const { type: contentType, size: bytes, name: altText } = file
  const granted = await client.mutate({
    mutation: CreateImageUploadDocument,
    variables: { input: { idempotencyKey: newKey(), productId, contentType, bytes } },
  })
  const { url, fileKey } = granted.data?.createImageUpload ?? { url: '', fileKey: '' }
  const put = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': contentType },
    body: file,
  })
  if (!put.ok) throw new Error(`The picture was not taken: ${put.status}`)
  await client.mutate({
    mutation: UploadProductImageDocument,
    variables: { input: { idempotencyKey: newKey(), productId, fileKey, altText } },
  })
}
