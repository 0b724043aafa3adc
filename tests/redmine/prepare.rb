# Brings a fresh Redmine to where the tests begin: run by bin/rails runner, once for each database.
# A project, an account with no more rights than docs/tickets.md asks for, and two people.
Setting.rest_api_enabled = '1'
Setting.login_required = '1'
Redmine::DefaultData::Loader.load('en') if Redmine::DefaultData::Loader.no_data?

bots = Role.create!(
  name: 'Aiops', issues_visibility: 'all',
  permissions: %i[view_issues add_issues edit_issues add_issue_notes edit_own_issue_notes manage_issue_relations])
Tracker.all.each do |tracker|
  IssueStatus.all.to_a.product(IssueStatus.all.to_a).each do |from, to|
    WorkflowTransition.create!(tracker: tracker, role: bots, old_status: from, new_status: to) unless from == to
  end
end
developers = Role.find_by!(name: 'Manager')

ops = Project.new(name: 'Operations', identifier: 'ops', is_public: false, enabled_module_names: %w[issue_tracking])
ops.trackers = Tracker.all
ops.save!

{ 'bot' => bots, 'kim' => developers, 'anna' => developers }.each do |login, role|
  user = User.new(firstname: login.capitalize, lastname: 'Test', mail: "#{login}@localhost.test", language: 'en')
  user.login = login
  user.password = user.password_confirmation = "#{login}-password"
  user.save!
  Member.create!(project: ops, principal: user, roles: [role])
  Token.create!(user: user, action: 'api').update_column(:value, ENV.fetch('AIOPS_TEST_KEY_PREFIX') + login) # Else it draws its own.
end

field = IssueCustomField.create!(
  name: 'Incident', field_format: 'string', is_filter: true, is_for_all: true, trackers: Tracker.all, visible: true)
puts "custom field #{field.id}"
