// Reader says what Go makes of YAML: one JSON request a line on stdin, one JSON answer a line on stdout.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	utilyaml "go.yaml.in/yaml/v3"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/yaml"
)

// request holds a file's bytes (base64 in JSON).
type request struct {
	Bytes []byte
	// Documents of the file one by one, for a reader that takes one document at a time.
	Documents [][]byte
}

type answer struct {
	// Data is every document as kustomize and Flux's kustomize-controller decode it (go-yaml v3).
	Data []any `json:"data"`
	// Error is why they cannot.
	Error string `json:"error,omitempty"`
	// Kubectl is every one of Documents as kubectl, Helm and the API machinery decode it (sigs.k8s.io/yaml, which is go-yaml v2).
	Kubectl []json.RawMessage `json:"kubectl,omitempty"`
	// Rewritten is the file after kyaml has read and written it as Flux's image automation does, with nothing set.
	Rewritten string `json:"rewritten,omitempty"`
}

func main() {
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriter(os.Stdout)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		var r request
		if err := decoder.Decode(&r); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			panic(err)
		}
		if err := encoder.Encode(read(r)); err != nil {
			panic(err)
		}
	}
	if err := out.Flush(); err != nil {
		panic(err)
	}
}

func read(r request) (a answer) {
	if err := decode(r.Bytes, &a); err != nil {
		return answer{Error: err.Error()}
	}
	for _, document := range r.Documents {
		data, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			return answer{Error: err.Error()}
		}
		a.Kubectl = append(a.Kubectl, data)
	}
	if len(r.Documents) > 0 {
		rewritten, err := rewrite(r.Bytes)
		if err != nil {
			return answer{Error: err.Error()}
		}
		a.Rewritten = rewritten
	}
	return a
}

func decode(text []byte, a *answer) (err error) {
	decoder := utilyaml.NewDecoder(bytes.NewReader(text))
	for {
		var document any
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		data, err := jsonable(document)
		if err != nil {
			return err
		}
		a.Data = append(a.Data, data)
	}
}

// jsonable makes go-yaml's maps with keys of any type into maps that JSON can hold.
func jsonable(value any) (any, error) {
	var err error
	switch value := value.(type) {
	case map[string]any:
		for key, item := range value {
			if value[key], err = jsonable(item); err != nil {
				return nil, err
			}
		}
	case map[any]any:
		named := map[string]any{}
		for key, item := range value {
			if named[fmt.Sprint(key)], err = jsonable(item); err != nil {
				return nil, err
			}
		}
		return named, nil
	case []any:
		for i, item := range value {
			if value[i], err = jsonable(item); err != nil {
				return nil, err
			}
		}
	default:
		_, err = json.Marshal(value) // not every number has a form in JSON
	}
	return value, err
}

func rewrite(text []byte) (string, error) {
	reader := &kio.ByteReader{
		Reader:            bytes.NewReader(text),
		SetAnnotations:    map[string]string{kioutil.PathAnnotation: "file.yaml"},
		PreserveSeqIndent: true,
	}
	nodes, err := reader.Read()
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = kio.ByteWriter{Writer: &out, ClearAnnotations: []string{kioutil.PathAnnotation, kioutil.LegacyPathAnnotation}}.Write(nodes)
	return out.String(), err
}
