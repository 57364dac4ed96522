#include "read_yaml.hpp"

#include <fmt/core.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <batchproof/lint/read_template.hpp>
#include <sstream>
#include <string>

#include "tree_builder.hpp"

namespace batchproof::lint {
namespace {

Place place_of(const YAML::Mark& mark) { return {.line = mark.line + 1, .column = mark.column + 1}; }

/// yaml-cpp's own tree knows no key that stands twice, and follows aliases without end; its events let us see
/// both.
class YamlEvents : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree.add_nothing(place_of(mark), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree.add_alias(place_of(mark), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    tree.add_scalar(place_of(mark), value, tag, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    tree.begin(Node::Kind::list, place_of(mark), tag, anchor);
  }
  void OnSequenceEnd() override { tree.end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    tree.begin(Node::Kind::map, place_of(mark), tag, anchor);
  }
  void OnMapEnd() override { tree.end(); }

  TreeBuilder tree;
};

/// yaml-cpp names a character that it does not expect as it is, be it the end of a line.
std::string in_one_line(std::string_view message) {
  std::string line;
  for (const char character : message) {
    const auto byte = static_cast<unsigned char>(character);
    line += byte < 0x20 || byte == 0x7F ? fmt::format("\\x{:02X}", byte) : std::string(1, character);
  }
  return line;
}

}  // namespace

Node read_yaml(std::string_view text) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    YamlEvents events;
    if (!parser.HandleNextDocument(events)) throw TemplateError("there is nothing in it");
    YamlEvents more;
    if (parser.HandleNextDocument(more)) throw TemplateError("it holds more than one YAML document");
    return events.tree.root().value_or(Node{});
  } catch (const YAML::DeepRecursion&) {
    throw TemplateError("nested too deeply");
  } catch (const YAML::Exception& error) {
    throw TemplateError(fmt::format("not YAML: line {}, column {}: {}", error.mark.line + 1,
                                    error.mark.column + 1, in_one_line(error.msg)));
  }
}

}  // namespace batchproof::lint
