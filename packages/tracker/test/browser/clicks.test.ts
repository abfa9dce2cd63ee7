import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

const EXTENDED = { file: 'liveinsight.extended.js', tag: 'data-site="shop" data-capture="none"' };

describe.runIf(hasChromium)('clicks', () => {
  const visits = useVisits();
  const clicks = () => visits.site.ofType('click');
  const clicked = async (body: string, selector: string, options = {}) => {
    await visits.open({ ...options, body });
    await visits.page.click(selector);
    await visits.leave();
    return clicks()[0];
  };

  it('are seen though the page stops them, and are not kept from it', async () => {
    const body =
      '<a id="own" href="/elsewhere" onclick="event.stopImmediatePropagation(); return false">Own</a>';
    expect(await clicked(body, '#own')).toMatchObject({
      element_tag: 'A',
      element_id: 'own',
      element_text: 'Own',
      href: '/elsewhere',
    });
    expect(visits.paths()).toEqual(['/']);
  });

  it('name what is clicked in a shadow root', async () => {
    const body =
      '<my-card><template shadowrootmode="open"><button id="in"><i>In</i>side</button></template></my-card>';
    expect(await clicked(body, '#in i')).toMatchObject({
      element_tag: 'BUTTON',
      element_id: 'in',
      element_text: 'Inside',
    });
  });

  it('name the link around a drawing, and a drawing of its own', async () => {
    const body = `<a href="/home" id="home"><svg width="20" height="20"><path class="roof" d="M0 0h20v20z"/></svg></a>
      <svg width="20" height="20" class="logo big" id="logo"><a href="#x"><rect width="20" height="20"/></a></svg>`;
    await visits.open({ body });
    await visits.page.evaluate(() =>
      document.querySelector('#home')?.addEventListener('click', (e) => e.preventDefault()),
    );
    await visits.page.click('#home path');
    await visits.page.click('#logo rect');
    await visits.leave();
    expect(clicks()).toMatchObject([
      { element_tag: 'A', element_id: 'home', href: '/home' },
      { element_tag: 'a', href: '#x' },
    ]);
  });

  it('come from the keyboard too', async () => {
    await visits.open();
    await visits.page.focus('#buy');
    await visits.page.keyboard.press('Enter');
    await visits.leave();
    expect(clicks()).toMatchObject([{ element_id: 'buy', element_text: 'Buy now' }]);
  });

  it.each([
    ['a field', '<input id="it" value="secret">'],
    ['a text area', '<textarea id="it">secret</textarea>'],
    ['what the visitor edits', '<div contenteditable id="it">secret</div>'],
    ['a button in what the visitor edits', '<div contenteditable><button id="it">secret</button></div>'],
    ['what is marked', '<button data-li-mask id="it">secret</button>'],
    ['what is marked further out', '<div data-li-mask><button id="it">secret</button></div>'],
    ['what holds something marked', '<button id="it">Pay <b data-li-mask>secret</b></button>'],
    ['plain text', '<p id="it">secret</p>'],
  ])('say no text of %s', async (_what, body) => {
    const click = await clicked(body, '#it', EXTENDED);
    expect(click).toMatchObject({ event_type: 'click' });
    expect(JSON.stringify(click)).not.toContain('secret');
  });

  it('carry what data-li-* says nearest to them, as event and properties', async () => {
    const body = `<section data-li-event="teaser" data-li-place="top">
      <button id="a" data-li-event="add_to_cart" data-li-sku="tea-7">Add</button>
      <button id="b">More</button></section><button id="c" data-li-plan="pro">Buy</button>`;
    await visits.open({ ...EXTENDED, body });
    for (const id of ['a', 'b', 'c']) await visits.page.click(`#${id}`);
    await visits.leave();
    expect(visits.customs('add_to_cart')).toMatchObject([{ props: { place: 'top', sku: 'tea-7' } }]);
    expect(visits.customs('teaser')).toMatchObject([{ props: { place: 'top' } }]);
    expect(clicks()).toMatchObject([{ element_id: 'c', props: { plan: 'pro' } }]);
  });
});
