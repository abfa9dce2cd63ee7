// What any Express application pays: the body parsed, an answer sent, nothing else done.
import express from 'express';
import { serve } from './serve.js';

const app = express();
app.use(express.json({ type: '*/*', limit: '1mb' }));
app.post('/api/events', (request, response) => {
  const { events } = request.body;
  response.json({ status: 'success', data: { accepted: events ? events.length : 1, rejected: [] } });
});
serve(app);
