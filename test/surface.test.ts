import * as fluxwright from 'fluxwright';
import * as testing from 'fluxwright/testing';

test('the vocabulary of authors is what is listed here, so that nothing slips in or out', () => {
  expect(Object.keys(fluxwright).sort()).toMatchSnapshot();
  expect(Object.keys(testing).sort()).toEqual(['testApp', 'treeMatchers', 'treeSerializer', 'treeText']);
});
