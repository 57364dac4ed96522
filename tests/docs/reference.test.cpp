// The tables of options in docs/ have the fields of the structs that they name, in their order: a comment in
// front of a table says which, as in `<!-- fields of World in
// simulator/include/batchproof/simulator/world.hpp -->`. And the fields of options keep their order, which
// tests/docs/fields_of_options.txt remembers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "document.hpp"

namespace batchproof {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

/// The data members of a struct, by their names. Each begins a line, two blanks deep.
std::vector<std::string> fields_of(const std::string& header, const std::string& name) {
  static const std::regex field(R"(  [^ /=][^=]* (\w+)(\{.*\}| = .*)?; *)");
  static const std::regex only_a_type("  [a-z][\\w:<>]*");
  std::vector<std::string> fields;
  bool is_inside = false;
  std::string begun;  // a member whose value, or name, stands on the next line
  for (const std::string& line : lines_of(header)) {
    const std::string code = begun + line.substr(0, line.find("//"));
    begun = code.ends_with(" =") || std::regex_match(code, only_a_type) ? code : "";
    if (code == "struct " + name + " {") is_inside = true;
    if (code == "};") is_inside = false;
    std::smatch match;
    if (is_inside && std::regex_match(code, match, field) && match[1] != "const") fields.push_back(match[1]);
  }
  return fields;
}

struct FieldTable {
  std::string name;
  std::string header;
  std::vector<std::string> fields;
};

/// The tables with such a comment, and the first cells of their rows.
std::vector<FieldTable> field_tables_of(const std::string& page) {
  static const std::regex comment("<!-- fields of (.*) in (.*) -->");
  static const std::regex row(R"(\| `\.(\w+)` \|.*)");
  std::vector<FieldTable> tables;
  bool is_open = false;
  for (const std::string& line : lines_of(page)) {
    std::smatch match;
    if (std::regex_match(line, match, comment)) {
      tables.push_back({match[1], match[2], {}});
      is_open = true;
    } else if (line.starts_with("#")) {
      is_open = false;
    } else if (is_open && std::regex_match(line, match, row)) {
      tables.back().fields.push_back(match[1]);
    }
  }
  return tables;
}

TEST(Reference, ListsTheFieldsOfEachStructInTheirOrder) {
  std::size_t tables = 0;
  for (const char* page : {"docs/options.md", "docs/reference.md"}) {
    for (const FieldTable& table : field_tables_of(read_file(project / page))) {
      EXPECT_THAT(table.fields, ElementsAreArray(fields_of(read_file(project / table.header), table.name)))
          << page << ", the table of " << table.name;
      ++tables;
    }
  }
  EXPECT_EQ(tables, 27U);
}

/// Every header that is installed, by its path in the project; those in folders `detail` are left out.
std::vector<std::string> public_headers() {
  std::vector<fs::path> roots{"include"};
  for (const char* floor : {"fixtures", "generators", "properties", "simulator"})
    roots.push_back(fs::path(floor) / "include");
  for (const auto& extra : fs::directory_iterator(project / "extras"))
    roots.push_back("extras" / extra.path().filename() / "include");
  std::vector<std::string> headers;
  for (const fs::path& root : roots) {
    for (const auto& entry : fs::recursive_directory_iterator(project / root)) {
      const std::string path = fs::relative(entry.path(), project).string();
      if (path.ends_with(".hpp") && path.find("/detail/") == std::string::npos) headers.push_back(path);
    }
  }
  return headers;
}

/// The fields that the list remembers of a struct in a header: `HEADER STRUCT FIELD...`.
struct RememberedFields {
  std::string header;
  std::string name;
  std::vector<std::string> fields{};
};

std::vector<RememberedFields> remembered_fields() {
  std::vector<RememberedFields> all;
  for (const std::string& line : lines_of(read_file(project / "tests/docs/fields_of_options.txt"))) {
    std::istringstream words(line.substr(0, line.find('#')));
    RememberedFields remembered;
    if (!(words >> remembered.header >> remembered.name)) continue;
    for (std::string field; words >> field;) remembered.fields.push_back(field);
    all.push_back(remembered);
  }
  return all;
}

TEST(FieldsOfOptions, GrowAtTheEndAlone) {
  for (const RememberedFields& remembered : remembered_fields()) {
    EXPECT_THAT(fields_of(read_file(project / remembered.header), remembered.name),
                ElementsAreArray(remembered.fields))
        << remembered.name << " in " << remembered.header
        << ": a field that tests/docs/fields_of_options.txt has stays where it is, since users name fields "
           "in their order; a new one is the last, here and there";
  }
}

TEST(FieldsOfOptions, AreRememberedOfEachStructOfOptions) {
  static const std::regex options(R"(\bstruct (\w*Options(<\w+>)?) \{)");
  std::set<std::string> remembered;
  for (const RememberedFields& fields : remembered_fields())
    remembered.insert(fields.header + " " + fields.name);
  std::size_t found = 0;
  for (const std::string& header : public_headers()) {
    const std::string code = read_file(project / header);
    for (std::sregex_iterator at(code.begin(), code.end(), options), end; at != end; ++at, ++found)
      EXPECT_TRUE(remembered.contains(header + " " + std::string((*at)[1]))) << header << ' ' << (*at)[1];
  }
  EXPECT_GT(found, 15U);
}

TEST(Reference, NamesTheHeadersOfEachComponent) {
  const std::string page = read_file(project / "docs/reference.md");
  static const std::regex header("`<(batchproof/[^>]*)>`");
  int headers = 0;
  for (std::sregex_iterator at(page.begin(), page.end(), header), end; at != end; ++at, ++headers) {
    bool found = false;
    for (const char* root : {"",
                             "fixtures/",
                             "generators/",
                             "properties/",
                             "simulator/",
                             "zoo/",
                             "extras/json/",
                             "extras/async/",
                             "extras/aws/",
                             "extras/idempotency/",
                             "extras/windows/",
                             "extras/envelopes/",
                             "extras/lambda_runtime/",
                             "extras/gtest/",
                             "extras/concurrency/",
                             "extras/benchmarking/",
                             "extras/runtime_api/",
                             "extras/blackbox/",
                             "extras/effects/",
                             "extras/window_laws/"})
      found = found || !read_file(project / (std::string(root) + "include/" + std::string((*at)[1]))).empty();
    EXPECT_TRUE(found) << (*at)[1];
  }
  EXPECT_GT(headers, 10);
}

TEST(ReferenceChecks, ReadTheMembersOfAStruct) {
  EXPECT_THAT(fields_of("struct A {\n  int one = 1;  ///< (such)\n  std::optional<int> two{};\n  bool three "
                        "=\n      true;  ///< (such)\n  std::optional<double>\n      four{};\n"
                        "  int call() const;\n};\n"
                        "struct B {\n  int other;\n};\n",
                        "A"),
              ElementsAre("one", "two", "three", "four"));
}

}  // namespace
}  // namespace batchproof
