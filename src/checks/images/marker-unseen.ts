import { isSetAside } from '../../model/set-aside';
import { parseMarker } from '../../yaml/marker';
import type { Rule } from '../rule';
import { markersOf } from './image-facts';

export const markerUnseen: Rule = {
  id: 'marker-unseen',
  severity: 'error',
  why: 'Flux finds a marker only in the comment behind a plain or quoted value on one line; in a block scalar, behind a key or with a spelling of its own it is ignored without a word.',
  example: `values: |
  image: ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}`,
  fix: 'put {"$imagepolicy": "namespace:name"}, with ":tag", ":name" or ":digest" behind the name if it is a part, into the comment of a value of its own',
  link: 'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',

  *find(context) {
    for (const { file, line, text } of markersOf(context).unseen) {
      const comment = /#\s*(\{.*\})\s*$/.exec(text)?.[1];
      if (comment === undefined) yield { at: { file, line }, message: `Flux does not see this marker, since it is no comment behind a value: ${shortened(text)}` };
      else if (parseMarker(comment) === undefined) yield { at: { file, line }, message: `Flux cannot read the marker ${shortened(comment)}` };
      else yield { at: { file, line }, message: 'Flux does not see this marker: what stands before it is no value on one line, but part of a block of text, or a key', fix: 'let the value stand in a field of its own, and the marker behind it' };
    }
    for (const { file, line, value, marker } of markersOf(context).scalars) {
      if (marker.policy.includes('${') && !isSetAside(file)) yield { at: { file, line }, message: `Flux looks for an ImagePolicy that is called ${marker.policy}: it reads markers from Git, before anything is substituted`, fix: 'name a policy, or set the tag by a variable of postBuild and mark that where it stands' };
      if (value.includes('${')) yield { at: { file, line }, message: `Flux would replace ${JSON.stringify(value)} with a literal tag: the variable in it would be gone`, fix: 'put the variable, or the marker, somewhere else' };
    }
  },
};

function shortened(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
