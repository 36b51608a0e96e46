package qpy

import "qpy/device/scenario"

// WithScenario is the config of a board that a scenario is to happen to: what
// the scenario says of the device, its files and the site folder is put where
// the config says nothing. Files of the scenario come before those of the config.
func (c Config) WithScenario(s *scenario.Scenario) Config {
	c.Scenario = s
	if c.Device == "" {
		c.Device = s.Device.Model
	}
	if c.Seed == 0 && s.Device.Seed != nil {
		c.Seed = *s.Device.Seed
	}
	if c.Start.IsZero() {
		c.Start = s.Device.Start
	}
	if c.Boots == 0 {
		c.Boots = s.Device.Boots
	}
	if c.SiteDir == "" {
		c.SiteDir = s.Site
	}
	c.Strict = c.Strict || s.Device.Strict
	if c.PublicKey == nil {
		c.PublicKey = s.Device.PublicKey
	}
	var puts []Put
	for _, f := range s.Files {
		puts = append(puts, Put{Host: f.From, Device: f.Path, Text: []byte(f.Text)})
	}
	c.Puts = append(puts, c.Puts...)
	return c
}
