import { html, json } from '../../../src/page/document/markup';

test('text is text, in elements and in attributes', () => {
  const hostile = `</p><script>alert(1)</script>" onclick='x' &amp;`;

  expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
    '<p title="&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&#39;x&#39; &amp;amp;">&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&#39;x&#39; &amp;amp;</p>',
  );
});

test('markup, lists and nothing are taken as what they are', () => {
  expect(html`<ul>${[html`<li>${1}</li>`, html`<li>${'<'}</li>`]}${undefined}${false}</ul>`.markup).toBe('<ul><li>1</li><li>&lt;</li></ul>');
});

test('no data ends the element that it stands in, and all of it comes back', () => {
  const hostile = ['</script>', '<!--<script>', ']]>', '\u2028', '&lt;'];

  const { markup } = json(hostile);
  expect(markup).not.toMatch(/[<>&]/);
  expect(JSON.parse(markup)).toEqual(hostile);
});
