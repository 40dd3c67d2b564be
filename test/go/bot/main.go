// Bot does to directories what Flux's image automation does to a checkout: in every YAML file that names an image policy
// it sets the marked scalars, and writes each file in which one changed back whole, with kyaml.
//
// One JSON request a line on stdin, one JSON answer a line on stdout.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/fieldmeta"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const extension = "x-k8s-cli"

type image struct{ Name, Tag, Digest string }

func (i image) reference() string {
	if i.Digest == "" {
		return i.Name + ":" + i.Tag
	}
	return i.Name + ":" + i.Tag + "@" + i.Digest
}

type request struct {
	Directory string
	// Policies maps "namespace:name" of an image policy to the image that it chose.
	Policies map[string]image
}

type answer struct {
	Changed []string `json:"changed"`
	// Problems are files that name a policy and cannot be read: Flux leaves them alone.
	Problems []string `json:"problems"`
	Error    string   `json:"error,omitempty"`
}

func main() {
	fieldmeta.SetShortHandRef("$imagepolicy")
	openapi.SuppressBuiltInSchemaUse()
	decoder, encoder := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r request
		if err := decoder.Decode(&r); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		a := answer{Changed: []string{}, Problems: []string{}}
		if err := update(r, &a); err != nil {
			a.Error = err.Error()
		}
		if err := encoder.Encode(a); err != nil {
			panic(err)
		}
	}
}

func update(r request, a *answer) error {
	nodes, err := read(r.Directory, a)
	if err != nil {
		return err
	}
	setters := settersOf(r.Policies)
	for _, node := range nodes {
		path, _, err := kioutil.GetFileAnnotations(node)
		if err != nil {
			return err
		}
		changed, err := set(node, setters)
		if err != nil {
			return err
		}
		if changed && !slices.Contains(a.Changed, path) {
			a.Changed = append(a.Changed, path)
		}
	}
	nodes = slices.DeleteFunc(nodes, func(node *yaml.RNode) bool {
		path, _, _ := kioutil.GetFileAnnotations(node)
		return !slices.Contains(a.Changed, path)
	})
	if len(nodes) == 0 {
		return nil
	}
	return kio.LocalPackageWriter{PackagePath: r.Directory}.Write(nodes)
}

func read(root string, a *answer) (nodes []*yaml.RNode, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isYAML(path) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(text, []byte(`"$imagepolicy"`)) {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		reader := &kio.ByteReader{
			Reader:            bytes.NewReader(text),
			SetAnnotations:    map[string]string{kioutil.PathAnnotation: name},
			PreserveSeqIndent: true,
		}
		found, err := reader.Read()
		if err != nil {
			a.Problems = append(a.Problems, name)
			return nil
		}
		nodes = append(nodes, found...)
		return nil
	})
	return nodes, err
}

func isYAML(path string) bool {
	extension := filepath.Ext(path)
	return extension == ".yaml" || extension == ".yml" || filepath.Base(path) == "Kustomization"
}

func settersOf(policies map[string]image) *spec.Schema {
	setters := spec.Definitions{}
	add := func(name, value string) {
		schema := spec.StringProperty()
		schema.AddExtension(extension, value)
		setters[fieldmeta.SetterDefinitionPrefix+name] = *schema
	}
	for policy, image := range policies {
		add(policy, image.reference())
		add(policy+":name", image.Name)
		add(policy+":tag", image.Tag)
		add(policy+":digest", image.Digest)
	}
	return &spec.Schema{SchemaProps: spec.SchemaProps{Definitions: setters}}
}

// set changes every marked scalar below node, and says whether one has another value now.
func set(node *yaml.RNode, setters *spec.Schema) (changed bool, err error) {
	visit := func(child *yaml.RNode) error {
		childChanged, err := set(child, setters)
		changed = changed || childChanged
		return err
	}
	switch node.YNode().Kind {
	case yaml.MappingNode:
		err = node.VisitFields(func(field *yaml.MapNode) error { return visit(field.Value) })
	case yaml.SequenceNode:
		err = node.VisitElements(visit)
	case yaml.ScalarNode:
		meta := fieldmeta.FieldMeta{SettersSchema: setters}
		if meta.Read(node) != nil || meta.Schema.Ref.String() == "" {
			return false, nil
		}
		schema, err := openapi.Resolve(&meta.Schema.Ref, setters)
		if err != nil || schema == nil {
			return false, nil
		}
		value, _ := schema.Extensions.GetString(extension)
		changed = node.YNode().Value != value
		node.YNode().Value = value
		yaml.FormatNonStringStyle(node.YNode(), *schema)
		return changed, nil
	}
	return changed, err
}
