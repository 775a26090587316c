// The official tus server over a folder: node server.mjs FOLDER; prints its port. Nothing of it is changed.
import { Server } from '@tus/server'
import { FileStore } from '@tus/file-store'

const store = new FileStore({ directory: process.argv[2], expirationPeriodInMilliseconds: 3_600_000 })
const server = new Server({ path: '/uploads', datastore: store })
const listening = server.listen({ host: '127.0.0.1', port: Number(process.argv[3] ?? 0) }, () => {
  console.log(listening.address().port)
})
